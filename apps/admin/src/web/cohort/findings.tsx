import type { CohortFinding } from '@copractice/core/cohort'
import { ActionButton, Icon, Spoken, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

type Props = Readonly<{
  findings: readonly CohortFinding[]
  zone: string
  /** Left out where nobody can be put on the waitlist. */
  onWaitlist?: (personIds: readonly string[]) => void
  /** False where the card around it has the heading. */
  hasHeading?: boolean
}>

/** What the rules say: the reason in words, what would help, the rule's code small. How many is said aloud. */
export function Findings({ findings, zone, onWaitlist, hasHeading = true }: Props) {
  const say = useWords()
  const sentence = useSentence(zone)
  const blocks = findings.filter(({ strength }) => strength === 'block').length
  const spoken = findings.length
    ? say('findings.spoken', { blocks, warns: findings.length - blocks })
    : say('findings.none')
  return (
    <div>
      {hasHeading && <h3>{say('findings')}</h3>}
      <Spoken>{spoken}</Spoken>
      {findings.length === 0 && (
        <p className="finding finding-ok">
          <Icon name="check" />
          <span>{say('findings.none')}</span>
        </p>
      )}
      <ul className="plain">
        {findings.map((finding) => (
          <li key={finding.code} className={`finding finding-${finding.strength}`}>
            <Icon name={finding.strength === 'block' ? 'warn' : 'flag'} />
            <div className="stack">
              <p>
                <span className="vh">{say(`strength.${finding.strength}`)} </span>
                {sentence(finding)} <span className="rule-code">{finding.code}</span>
              </p>
              {finding.code === 'cohort.full' && onWaitlist && (
                <ActionButton size="small" weight="secondary" onClick={() => onWaitlist(finding.facts.personIds)}>
                  {say('toWaitlist', { count: finding.facts.personIds.length })}
                </ActionButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useSentence(zone: string): (finding: CohortFinding) => string {
  const say = useWords()
  const times = useTimes()
  const list = (numbers: readonly number[]) => numbers.join(', ')
  return (finding) => {
    const { code, facts } = finding
    switch (code) {
      case 'cohort.name_taken':
        return say('finding.cohort.name_taken', { name: facts.name })
      case 'cohort.full':
        return say('finding.cohort.full', { capacity: facts.capacity, taken: facts.taken })
      case 'cohort.chair':
        return say('finding.cohort.chair', { count: facts.needed })
      case 'eligibility.affiliation':
        return say('finding.eligibility.affiliation', {
          names: facts.people.map(({ name }) => name ?? say('noName')).join(', '),
          count: facts.people.length,
        })
      case 'schedule.meetings':
        return say('finding.schedule.meetings', { usual: facts.usual, count: facts.planned })
      case 'hours.commitment':
        return say('finding.hours.commitment', facts)
      case 'meeting.length':
        return say('finding.meeting.length', {
          meetings: list(facts.meetings.map(({ number }) => number)),
          count: facts.meetings.length,
          usual: facts.usual,
          tolerance: facts.tolerance,
        })
      case 'meeting.times':
        return say('finding.meeting.times', { meetings: list(facts.meetings), count: facts.meetings.length })
      case 'meeting.place':
        return say('finding.meeting.place', { meetings: list(facts.meetings), count: facts.meetings.length })
      case 'schedule.before_deadline':
        return say('finding.schedule.before_deadline', {
          days: facts.daysBefore,
          buffer: facts.bufferDays,
          latest: times.date(facts.latest, zone),
        })
    }
  }
}
