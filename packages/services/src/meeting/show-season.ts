import { randomBytes } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type InstitutionId, type RegionId } from '@copractice/core/kernel'
import type { SeasonEntry } from '@copractice/core/meeting'
import type { Db } from '@copractice/store/database'
import { findGrants } from '@copractice/store/directory'
import {
  deleteFeed,
  findFeed,
  listSeasonMarks,
  listSeasonMeetings,
  readFeed,
  saveFeed,
} from '@copractice/store/meeting'
import { scopeOf } from '../directory/administrator.ts'
import { hashToken } from '../directory/issue-space-session.ts'
import { writeSeason } from './write-season.ts'

const DAY = 86_400_000
const LONGEST_DAYS = 100
const MEETINGS = 500
/** A feed reaches back and ahead this far, and names no more meetings than a calendar takes in well. */
const FEED = { back: 60 * DAY, ahead: 365 * DAY, meetings: 2000 }

type Asked = Readonly<{
  from: Date
  until: Date
  regionId?: RegionId | undefined
  institutionId?: InstitutionId | undefined
}>

const startOf = (entry: SeasonEntry): number => (entry.kind === 'deadline' ? entry.at : entry.startsAt).getTime()

/** Meetings, convenings and deadlines of the reader's cohorts, by time. Three queries. */
export async function showSeason(db: Db, actor: Actor, asked: Asked) {
  const days = (asked.until.getTime() - asked.from.getTime()) / DAY
  if (days <= 0 || days > LONGEST_DAYS) return refuse('season.too_long', { days: LONGEST_DAYS })
  const scope = scopeOf(actor)
  const { meetings, left } = await listSeasonMeetings(db, scope, { ...asked, limit: MEETINGS })
  const marks = await listSeasonMarks(db, scope, { ...asked, limit: MEETINGS })
  return ok({ entries: [...meetings, ...marks].sort((a, b) => startOf(a) - startOf(b)), left })
}

export async function showFeed(db: Db, { networkId, personId }: Actor) {
  return ok((await findFeed(db, { networkId, personId })) ?? null)
}

/** A new secret address of the reader's calendar; only its hash is kept, and the one before is over. */
export async function makeFeed(db: Db, { networkId, personId }: Actor, adminUrl: string, now: Date) {
  const token = randomBytes(24).toString('base64url')
  await saveFeed(db, { networkId, personId }, hashToken(token), now)
  return ok({ url: `${adminUrl}/calendar/${token}.ics` })
}

export async function endFeed(db: Db, { networkId, personId }: Actor) {
  await deleteFeed(db, { networkId, personId })
  return ok(undefined)
}

/** The calendar behind a secret address, as far as its owner's grants reach today; undefined for an address of nobody. */
export async function writeFeed(db: Db, token: string, now: Date): Promise<string | undefined> {
  const reader = await readFeed(db, hashToken(token), now)
  if (!reader) return undefined
  const grants = await findGrants(db, reader)
  const scope = scopeOf({ ...reader, grants, seats: [], courses: [] })
  const span = { from: new Date(now.getTime() - FEED.back), until: new Date(now.getTime() + FEED.ahead) }
  const { meetings } = await listSeasonMeetings(db, scope, { ...span, limit: FEED.meetings })
  const marks = await listSeasonMarks(db, scope, { ...span, limit: FEED.meetings })
  return writeSeason([...meetings, ...marks], now)
}
