import type { Generated } from 'kysely'

export interface FacilitatorTable {
  network_id: string
  person_id: string
  status: 'applied' | 'in_pool' | 'resting' | 'declined'
  about: Generated<string>
  experience: Generated<string>
  languages: string[]
  time_zone: string
  areas: string[]
  slots: string[]
  at_once: number
  applied_at: Date
  decided_at: Date | null
  decided_by: string | null
  decision: Generated<string>
}
export interface FacilitatorPreferenceTable {
  network_id: string
  person_id: string
  proposal_id: string
  wish: -1 | 1 | 2
  said_at: Date
}
export interface HostPreferenceTable {
  network_id: string
  proposal_id: string
  person_id: string
  wish: -1 | 1 | 2
  said_by: string
  said_at: Date
}
export interface PairingTable {
  network_id: string
  id: Generated<string>
  proposal_id: string
  person_id: string
  status: 'offered' | 'agreed' | 'declined' | 'withdrawn'
  reasons: unknown
  offered_by: string
  offered_at: Date
  facilitator_answer: 'yes' | 'no' | null
  facilitator_at: Date | null
  hosts_answer: 'yes' | 'no' | null
  hosts_by: string | null
  hosts_at: Date | null
  closed_at: Date | null
  closed_by: string | null
  close_reason: Generated<string>
}
export interface PairingNeedTable {
  network_id: string
  proposal_id: string
  wants: number
  languages: string[]
}
