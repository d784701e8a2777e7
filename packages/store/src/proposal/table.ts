import type { Generated } from 'kysely'

export interface CallTable {
  network_id: string
  id: Generated<string>
  title: string
  about: Generated<string>
  opens_at: Date
  closes_at: Date
  credential_id: string | null
  enrolment_deadline: string | null
  region_id: string | null
  status: Generated<'draft' | 'open' | 'closed'>
  created_by: string | null
  created_at: Date
}
export interface ProposalTable {
  network_id: string
  id: Generated<string>
  call_id: string | null
  region_id: string
  version: Generated<number>
  status: Generated<'draft' | 'submitted' | 'changes_asked' | 'approved' | 'declined' | 'withdrawn'>
  body: unknown
  created_by: string | null
  created_at: Date
  saved_by: string | null
  saved_at: Date
  submitted_at: Date | null
  decided_at: Date | null
  decided_by: string | null
  pool_opened_at: Date | null
  pool_opened_by: string | null
}
export interface ProposalInstitutionTable {
  network_id: string
  proposal_id: string
  institution_id: string
  position: number
}
export interface ProposalAuthorTable {
  network_id: string
  proposal_id: string
  person_id: string
  added_by: string | null
  added_at: Date
  typed_name: string | null
  typed_email: string | null
  opened_at: Date | null
}
export interface ProposalEventTable {
  network_id: string
  id: Generated<string>
  proposal_id: string
  at: Date
  by_id: string | null
  kind:
    | 'submitted'
    | 'changes_asked'
    | 'resubmitted'
    | 'approved'
    | 'declined'
    | 'withdrawn'
    | 'author_added'
    | 'pairing_agreed'
    | 'starter_kit'
  text: Generated<string>
  findings: Generated<unknown>
}
export interface HelpRequestTable {
  network_id: string
  id: Generated<string>
  proposal_id: string
  asked_by: string | null
  text: string
  asked_at: Date
  answer: string | null
  answered_by: string | null
  answered_at: Date | null
}
export interface ProposalStartTable {
  network_id: string
  id: Generated<string>
  email: string
  said: unknown
  at: Date
  expires_at: Date
  token_hash: Uint8Array | null
}
export interface CommunityTable {
  network_id: string
  id: Generated<string>
  slug: string
  name: string
  charter: unknown
  proposal_id: string | null
  series_id: string | null
  public: Generated<boolean>
  created_at: Date
}
