import type { Generated } from 'kysely'

export interface PromptTable {
  network_id: string
  id: Generated<string>
  cohort_id: string
  author_id: string
  text: string
  opens_at: Date
}
export interface PostTable {
  network_id: string
  id: Generated<string>
  prompt_id: string
  parent_id: string | null
  author_id: string
  body: string
  posted_at: Date
  edited_at: Date | null
  removed_at: Date | null
}
export interface TextDraftTable {
  network_id: string
  person_id: string
  subject: string
  body: string
  saved_at: Date
}
