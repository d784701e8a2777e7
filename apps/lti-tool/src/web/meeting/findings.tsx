import * as z from 'zod'
import { MeetingFinding } from '@copractice/core/meeting'
import { useWords } from './say.ts'

const Facts = z.object({ findings: z.array(MeetingFinding) })

/** What the plan meets, out of the facts of `meeting.needs_reason`. */
export function findingsOf(problem: { code: string; facts: unknown } | undefined): readonly MeetingFinding[] {
  if (problem?.code !== 'meeting.needs_reason') return []
  return Facts.safeParse(problem.facts).data?.findings ?? []
}

export function Findings({ findings }: { findings: readonly MeetingFinding[] }) {
  const say = useWords()
  if (findings.length === 0) return null
  return (
    <ul className="list">
      {findings.map((finding) => (
        <li key={finding.code}>{say(`finding.${finding.code}`, finding.facts)}</li>
      ))}
    </ul>
  )
}
