import type { Generated } from 'kysely'

export interface PolicyPackTable {
  network_id: string
  version: number
  limits: unknown
  created_at: Generated<Date>
}
