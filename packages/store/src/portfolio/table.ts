import type { Generated } from 'kysely'

export interface PortfolioItemTable {
  network_id: string
  id: Generated<string>
  owner_id: string
  title: string
  kind: string
  created_at: Date
  changed_at: Date
  removed_at: Date | null
}
export interface PortfolioDraftTable {
  network_id: string
  id: Generated<string>
  item_id: string
  number: number
  body: Generated<string>
  link: string | null
  note: Generated<string>
  restored_from: number | null
  started_at: Date
  saved_at: Date
  kept_at: Date | null
}
