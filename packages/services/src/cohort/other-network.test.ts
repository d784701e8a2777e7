import { afterAll, beforeAll, expect, it } from 'vitest'
import * as cohort from '@copractice/store/cohort'
import type { OpenDatabase } from '@copractice/store/database'
import * as meeting from '@copractice/store/meeting'
import * as practice from '@copractice/store/practice'
import { newestPolicy } from '@copractice/store/programme'
import { openTestDb } from '@copractice/store/testing'
import { seedNetwork, type SeededNetwork } from '../testing/index.ts'

const now = new Date('2026-11-17T12:00:00Z')
let open: OpenDatabase, here: SeededNetwork, there: SeededNetwork
beforeAll(async () => {
  open = await openTestDb()
  here = await seedNetwork(open.db, { now })
  there = await seedNetwork(open.db, { now, limits: { cohortSeats: 3 } })
  await practice.upsertDraft(open.db, owner(here), `prompt:${here.promptId}`, { body: 'Mine', savedAt: now })
  const post = { promptId: here.promptId, parentId: null, authorId: here.people.ana, body: 'Words' }
  await practice.insertPost(open.db, here.networkId, post, now)
})
afterAll(() => open.close())

const owner = ({ networkId }: SeededNetwork) => ({ networkId, personId: here.people.ana })
const page = { limit: 50 }

/** Each query of the space, asked for this cohort's rows in the name of a network. */
const QUERIES: Record<string, (network: SeededNetwork) => Promise<unknown>> = {
  findSpace: (n) => cohort.findSpace(open.db, space(n)),
  listPlaces: (n) => cohort.listPlaces(open.db, space(n), here.meetings.next),
  listFacilitators: (n) => cohort.listFacilitators(open.db, space(n)),
  pageOfPeople: (n) => cohort.pageOfPeople(open.db, space(n), { ...page, startsWith: 'A' }),
  findOwnSeat: (n) => cohort.findOwnSeat(open.db, space(n), here.people.ana),
  pageOfChoices: (n) =>
    cohort.pageOfChoices(open.db, { networkId: n.networkId, courseLinkId: here.links.unbound }, page, now),
  pageOfMeetings: (n) => meeting.pageOfMeetings(open.db, space(n), here.people.ana, page),
  findMeeting: (n) => meeting.findMeeting(open.db, space(n), here.people.ana, here.meetings.next),
  nextMeetingStart: (n) => meeting.nextMeetingStart(open.db, space(n), now),
  pageOfPrompts: (n) => practice.pageOfPrompts(open.db, space(n), page),
  findPrompt: (n) => practice.findPrompt(open.db, space(n), here.promptId),
  pageOfPosts: (n) => practice.pageOfPosts(open.db, space(n), here.people.ana, { ...page, promptId: here.promptId }),
  findDraft: (n) => practice.findDraft(open.db, owner(n), `prompt:${here.promptId}`),
  listPromptDrafts: (n) => practice.listPromptDrafts(open.db, owner(n), here.cohortId),
}
const space = ({ networkId }: SeededNetwork) => ({ networkId, cohortId: here.cohortId })

/** Undefined, null, an empty list or an empty page. */
function isNothing(found: unknown): boolean {
  if (found === undefined || found === null) return true
  const rows = Array.isArray(found) ? found : (found as { items?: unknown[] }).items
  return rows?.length === 0
}

it.each(Object.keys(QUERIES))('%s finds its own network’s rows and hides another network’s', async (name) => {
  expect(isNothing(await QUERIES[name]!(here))).toBe(false)
  expect(isNothing(await QUERIES[name]!(there))).toBe(true)
})

it('writes nothing into another network', async () => {
  const meetings = () => open.db.selectFrom('meeting').selectAll().where('cohort_id', '=', here.cohortId).execute()
  const posts = () => open.db.selectFrom('post').selectAll().where('prompt_id', '=', here.promptId).execute()
  const before = [await meetings(), await posts()]
  const [first] = await posts()
  await meeting.deleteMeeting(open.db, space(there), here.meetings.later)
  const plan = (await meeting.findMeeting(open.db, space(here), here.people.ana, here.meetings.next))!
  const changed = { ...plan, title: 'Theirs' }
  await expect(meeting.updateMeeting(open.db, space(there), here.meetings.next, changed)).rejects.toThrow('no result')
  const change = { body: 'Theirs', editedAt: now }
  const id = first!.id as Parameters<typeof practice.updatePost>[2]
  await expect(practice.updatePost(open.db, there.networkId, id, change)).rejects.toThrow('no result')
  expect([await meetings(), await posts()]).toEqual(before)
})

it('each network has the limits of its own newest policy', async () => {
  expect((await newestPolicy(open.db, here.networkId)).limits.cohortSeats).toBe(15)
  expect((await newestPolicy(open.db, there.networkId)).limits.cohortSeats).toBe(3)
})
