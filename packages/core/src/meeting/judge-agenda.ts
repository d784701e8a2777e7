import type { AgendaFinding, AgendaItem, CommunityFunction } from './participation-contract.ts'
import { FUNCTIONS } from '../programme/blueprint.ts'

/** agenda.not_didactic: the most of planned time that may be one person presenting. Source: Compact principles. */
export const MOST_PRESENTED = 0.5

type Planned = Pick<AgendaItem, 'minutes' | 'ledBy'>

/** Minutes in all, and those of them in which one person presents. */
export function balanceOf(items: readonly Planned[]): Readonly<{ minutes: number; presented: number }> {
  const sum = (some: readonly Planned[]) => some.reduce((minutes, item) => minutes + item.minutes, 0)
  return { minutes: sum(items), presented: sum(items.filter(({ ledBy }) => ledBy === 'one_person')) }
}

/** What an agenda could be told: too much presenting, longer than its meeting, parts that name no function. All warn. */
export function judgeAgenda(items: readonly AgendaItem[], meetingMinutes: number): AgendaFinding[] {
  const { minutes, presented } = balanceOf(items)
  const unnamed = items.filter(({ functions }) => functions.length === 0).length
  return [
    ...(presented > minutes * MOST_PRESENTED
      ? [
          {
            code: 'agenda.not_didactic' as const,
            facts: { minutes: presented, ofMinutes: minutes, most: MOST_PRESENTED },
          },
        ]
      : []),
    ...(minutes > meetingMinutes
      ? [{ code: 'agenda.longer' as const, facts: { minutes, meeting: meetingMinutes } }]
      : []),
    ...(unnamed ? [{ code: 'functions.coverage' as const, facts: { unnamed } }] : []),
  ]
}

/** What a meeting serves: whatever one of its parts does, in the order the five are told. */
export const functionsOf = (items: readonly Pick<AgendaItem, 'functions'>[]): CommunityFunction[] =>
  FUNCTIONS.filter((one) => items.some(({ functions }) => functions.includes(one)))
