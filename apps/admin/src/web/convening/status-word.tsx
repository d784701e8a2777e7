import type { ConveningListed } from '@copractice/core/convening'
import { StatusPill } from '@copractice/ui'
import { useWords } from './say.ts'

const TONE = { draft: 'warn', announced: 'info', open: 'ok', closed: 'plain' } as const

/** Whether people can sign up, in a word. */
export function StatusWord({ status }: { status: ConveningListed['status'] }) {
  const say = useWords()
  return <StatusPill tone={TONE[status]}>{say(`status.${status}`)}</StatusPill>
}
