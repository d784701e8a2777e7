import { useEffect, useState } from 'react'
import type { CohortDraft, SeatKind } from '@copractice/core/cohort'
import type { CampusMark } from '@copractice/core/directory'
import type { ConveningId, PersonId, RegionId } from '@copractice/core/kernel'
import { drop, fromLocalField, keep, kept } from '@copractice/ui'
import { weekly } from './weekly.ts'

/** A person chosen for the cohort, with what the page shows of them. */
export type Chosen = Readonly<{
  personId: PersonId
  name: string
  institution: CampusMark
  kind: SeatKind
  isWaitlisted: boolean
}>
/** A meeting as its fields hold it: wall clock in the cohort's zone, minutes as text. */
export type MeetingFields = Readonly<{ title: string; starts: string; minutes: string; place: string; joinUrl: string }>
export type Composing = Readonly<{
  name: string
  theme: string
  zone: string
  regionId: string
  conveningId: string
  deadline: string
  people: readonly Chosen[]
  meetings: readonly MeetingFields[]
}>

const linkOf = (text: string) => (/^https:\/\/\S+\.\S+$/.test(text.trim()) ? text.trim() : null)

/** A meeting field that is filled but cannot be meant: shown at the field, never sent. */
export const isLinkWrong = ({ joinUrl }: MeetingFields): boolean => joinUrl.trim() !== '' && linkOf(joinUrl) === null

/** The draft in the contract's shape. Meetings without a date are left out: they cannot be judged yet. */
export function draftOf(composing: Composing): CohortDraft {
  const { name, theme, zone, regionId, conveningId, deadline, people, meetings } = composing
  return {
    regionId: regionId as RegionId,
    name: name.trim(),
    theme: theme.trim(),
    timeZone: zone,
    conveningId: (conveningId || null) as ConveningId | null,
    submissionDeadline: fromLocalField(deadline, zone),
    seats: people.map(({ personId, institution, kind, isWaitlisted }) => ({
      personId,
      institutionId: institution.id,
      kind,
      isWaitlisted,
    })),
    meetings: meetings.flatMap((meeting) => {
      const startsAt = fromLocalField(meeting.starts, zone)
      if (!startsAt) return []
      const minutes = Number(meeting.minutes) || 0
      return {
        title: meeting.title.trim(),
        startsAt,
        endsAt: new Date(startsAt.getTime() + minutes * 60_000),
        place: meeting.place.trim() || null,
        joinUrl: linkOf(meeting.joinUrl),
      }
    }),
  }
}

/** What still has to be written before the draft can be sent. */
export function missingOf(composing: Composing): readonly ('name' | 'theme' | 'titles' | 'dates' | 'links')[] {
  const { name, theme, zone, meetings } = composing
  return [
    ...(name.trim() ? [] : (['name'] as const)),
    ...(theme.trim() ? [] : (['theme'] as const)),
    ...(meetings.every(({ title }) => title.trim()) ? [] : (['titles'] as const)),
    ...(meetings.every(({ starts }) => fromLocalField(starts, zone)) ? [] : (['dates'] as const)),
    ...(meetings.some(isLinkWrong) ? (['links'] as const) : []),
  ]
}

/** Repeats the last meeting weekly until there are `count`, keeping its clock, length and place. */
export function repeatWeekly(composing: Composing, count: number, titleOf: (number: number) => string): Composing {
  const last = composing.meetings.at(-1)
  if (!last) return composing
  const more = weekly(last.starts, count - composing.meetings.length + 1).slice(1)
  const added = more.map((starts, at) => ({ ...last, starts, title: titleOf(composing.meetings.length + at + 1) }))
  return { ...composing, meetings: [...composing.meetings, ...added] }
}

/** Composing, kept in this browser so that a reload or a closed window loses nothing. */
export function useComposing(key: string, start: Composing) {
  const [composing, setComposing] = useState<Composing>(() => {
    const before = kept(key) as Partial<Composing> | undefined
    return { ...start, ...before }
  })
  useEffect(() => {
    keep(key, composing)
  }, [key, composing])
  return {
    composing,
    set: (change: Partial<Composing>) => setComposing((now) => ({ ...now, ...change })),
    change: setComposing,
    forget: () => drop(key),
  }
}
