import type { Reminder } from '@copractice/core/review'

export interface ReminderSentTable {
  network_id: string
  round_id: string
  person_id: string
  reminder: Reminder
  sent_at: Date
}
export interface ReminderChoiceTable {
  network_id: string
  person_id: string
  wants_reminders: boolean
  chosen_at: Date
}
export interface ResearchConsentTable {
  network_id: string
  cohort_id: string
  person_id: string
  given_at: Date
  withdrawn_at: Date | null
}
