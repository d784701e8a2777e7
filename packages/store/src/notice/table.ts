import type { Generated } from 'kysely'

export interface MailTable {
  network_id: string
  id: Generated<string>
  recipient: string
  subject: string
  body_text: string
  body_html: string
  unsubscribe_url: Generated<string | null>
  status: 'waiting' | 'sent' | 'given_up'
  attempts: Generated<number>
  next_attempt_at: Date
  last_error: string | null
  created_at: Date
  sent_at: Date | null
}
export interface UnprovedMailTable {
  network_id: string
  subject_hash: Uint8Array
  at: Date
}
