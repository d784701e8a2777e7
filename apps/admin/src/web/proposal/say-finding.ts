import type { ProposalFinding } from '@copractice/core/proposal'
import { useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

/** Where each rule comes from; `policy` where the network sets its limit. */
export const SOURCES = {
  'proposal.title': 'house',
  'proposal.member': 'compact1',
  'proposal.competency_area': 'compact3',
  'charter.three_parts': 'ecolise',
  'proposal.voice': 'principles',
  'proposal.facilitators': 'compact1',
  'proposal.dates': 'house',
  'meeting.undated': 'house',
  'meeting.join_url': 'house',
  'cohort.name_taken': 'house',
  'cohort.full': 'compact3',
  'cohort.chair': 'compact3',
  'eligibility.affiliation': 'compact2',
  'schedule.meetings': 'compact3',
  'hours.commitment': 'pitt',
  'meeting.times': 'house',
  'meeting.length': 'compact3',
  'meeting.place': 'compact3',
  'schedule.before_deadline': 'compact',
} as const satisfies Record<ProposalFinding['code'], string>

/** Rules whose limit the network's policy pack holds. */
export const OF_POLICY: ReadonlySet<ProposalFinding['code']> = new Set([
  'cohort.full',
  'cohort.chair',
  'eligibility.affiliation',
  'schedule.meetings',
  'hours.commitment',
  'meeting.length',
  'schedule.before_deadline',
])

/** A finding in a sentence: what is, and what would make it possible. */
export function useSayFinding(zone: string): (finding: ProposalFinding) => string {
  const say = useWords()
  const times = useTimes()
  const numbered = (list: readonly number[]) => ({ list: list.join(', '), count: list.length })
  return (finding) => {
    const { code, facts } = finding
    switch (code) {
      case 'proposal.title':
        return say('say.proposal.title')
      case 'proposal.member':
        return facts.strangers.length
          ? say('say.proposal.member', { names: facts.strangers.join(', ') })
          : say('say.proposal.memberNone')
      case 'proposal.competency_area':
        if (facts.named.length > 1) return say('say.proposal.competency_areaMany', { names: facts.named.join(', ') })
        return facts.asked
          ? say('say.proposal.competency_areaAsked', { asked: facts.asked })
          : say('say.proposal.competency_area')
      case 'charter.three_parts':
      case 'proposal.voice':
        return say(`say.${code}`, { parts: facts.missing.map((part) => say(`part.${part}`)).join(', ') })
      case 'proposal.facilitators':
        return say(facts.isPairing ? 'say.proposal.facilitatorsPairing' : 'say.proposal.facilitators')
      case 'proposal.dates':
        if (facts.isBackwards) return say('say.proposal.datesBackwards')
        if (facts.missing.length) return say('say.proposal.datesMissing')
        return say('say.proposal.datesOutside', numbered(facts.outside))
      case 'meeting.undated':
      case 'meeting.join_url':
      case 'meeting.times':
      case 'meeting.place':
        return say(`say.${code}`, numbered(facts.meetings))
      case 'meeting.length': {
        const { usual, tolerance, meetings } = facts
        const list = numbered(meetings.map(({ number }) => number))
        return say('say.meeting.length', { ...list, from: usual - tolerance, until: usual + tolerance })
      }
      case 'cohort.name_taken':
        return say('say.cohort.name_taken', { name: facts.name })
      case 'cohort.full':
        return say('say.cohort.full', { capacity: facts.capacity, taken: facts.taken })
      case 'cohort.chair':
        return say('say.cohort.chair', { count: facts.needed })
      case 'eligibility.affiliation': {
        const names = facts.people.map(({ name }) => name ?? say('somebody')).join(', ')
        return say('say.eligibility.affiliation', { names, count: facts.people.length })
      }
      case 'schedule.meetings':
        return say('say.schedule.meetings', { usual: facts.usual, count: facts.planned })
      case 'hours.commitment':
        return say('say.hours.commitment', facts)
      case 'schedule.before_deadline': {
        const { daysBefore: days, bufferDays: buffer } = facts
        return say('say.schedule.before_deadline', { days, buffer, deadline: times.date(facts.deadline, zone) })
      }
    }
  }
}
