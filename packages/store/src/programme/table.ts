import type { Generated } from 'kysely'

export interface PolicyPackTable {
  network_id: string
  version: number
  limits: unknown
  created_at: Generated<Date>
  changed_by: Generated<string | null>
  reason: Generated<string>
}

export interface BlueprintApplicationTable {
  network_id: string
  name: string
  applied_by: string | null
  applied_at: Date
}

export interface SeriesTable {
  network_id: string
  id: Generated<string>
  slug: string
  name: string
  status: 'announced' | 'scheduled'
  plan: unknown
  created_at: Date
}

export interface MicroCredentialTable {
  network_id: string
  id: Generated<string>
  slug: string
  name: string
  created_at: Date
}

export interface MicroCredentialVersionTable {
  network_id: string
  credential_id: string
  number: number
  body: unknown
  created_at: Date
}

export interface ProgrammeTemplateTable {
  network_id: string
  id: Generated<string>
  slug: string
  name: string
  kind: 'agenda' | 'charter' | 'prompts'
  parts: unknown
  created_at: Date
}
