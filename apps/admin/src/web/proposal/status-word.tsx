import type { ProposalStatus } from '@copractice/core/proposal'
import { StatusPill } from '@copractice/ui'
import { useWords } from './say.ts'

const TONES = {
  draft: 'plain',
  submitted: 'info',
  changes_asked: 'warn',
  approved: 'ok',
  declined: 'bad',
  withdrawn: 'plain',
} as const

export function ProposalStatusWord({ status }: { status: ProposalStatus }) {
  const say = useWords()
  return <StatusPill tone={TONES[status]}>{say(`status.${status}`)}</StatusPill>
}
