import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type Profile } from '@copractice/lms-simulator'
import type { LtiGradebook, LtiRoster, PlatformRef, RosterMember, Score } from '@copractice/lti'
import { startKeyPage } from './lti/key-page.ts'
import { openTool, type OpenTool } from './lti/open-tool.ts'

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const NRPS = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice'
const learners = Array.from({ length: 120 }, (_, index) => String(index + 100))
const item = { label: 'Action plan: work', tag: 'work', resourceId: 'round-1', scoreMaximum: 20 }

describe.each<Profile>(['canvas', 'moodle'])('the services of %s', (profile) => {
  let tool: OpenTool
  let lms: LmsSimulator
  let platform: PlatformRef
  let gradebook: LtiGradebook
  let roster: LtiRoster
  let lineItemsUrl: string
  let membershipsUrl: string
  let seconds = 0
  let ahead = 0
  beforeAll(async () => {
    tool = await openTool(() => new Date(Date.now() + 1000 * ahead))
    const person = (id: string) => ({
      id,
      name: `Person ${id}`,
      givenName: 'Person',
      familyName: id,
      email: `${id}@x.example`,
    })
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      courses: [
        {
          id: 'c',
          title: 'C',
          label: 'C',
          term: 'T',
          people: [
            ...learners.map((id) => ({ ...person(id), role: 'learner' as const })),
            { ...person('1'), role: 'instructor' },
          ],
          links: [{ id: 'l', title: 'L', kind: 'navigation' }],
        },
      ],
    })
    const { platformId } = await tool.connect(lms)
    platform = { networkId: tool.networkId as NetworkId, platformId: platformId as PlatformId }
    ;({ gradebook, roster } = tool.lti)
    const claims = lms.idTokenClaims()
    lineItemsUrl = (claims[AGS] as { lineitems: string }).lineitems
    membershipsUrl = (claims[NRPS] as { context_memberships_url: string }).context_memberships_url
  })
  afterAll(async () => {
    await lms.close()
    await tool.close()
  })
  beforeEach(() => lms.setFault(null))

  const column = async () => {
    const made = await gradebook.createLineItem(platform, lineItemsUrl, item)
    if (made.kind !== 'ready') throw new Error(JSON.stringify(made))
    return made.lineItem
  }
  /** Each later than the one before, none ahead of the LMS's clock. */
  const score = (userId: string, changes: Partial<Score> = {}): Score => ({
    userId,
    scoreGiven: 17,
    replaces: true,
    scoreMaximum: 20,
    comment: 'Clear.',
    timestamp: new Date(Date.now() - 3_600_000 + 1000 * seconds++),
    work: null,
    ...changes,
  })
  const cell = (userId: string) =>
    lms.gradebook('c').cells.find((each) => each.personId === userId && each.score !== null)
  const tokenRequests = () => lms.log().filter(({ service, status }) => service === 'token' && status === 200).length

  it('makes a column once, however often and however many ask', async () => {
    const made = await Promise.all([1, 2, 3].map(() => gradebook.createLineItem(platform, lineItemsUrl, item)))
    const again = await gradebook.createLineItem(platform, lineItemsUrl, item)
    expect(made[0]).toMatchObject({ kind: 'ready', isNew: true, lineItem: { tag: 'work', resourceId: 'round-1' } })
    expect(again).toMatchObject({ kind: 'ready', isNew: false })
    expect(lms.gradebook('c').columns.filter(({ tag }) => tag === 'work')).toHaveLength(1)
  })

  it('finds the column again when the answer to making it was lost', async () => {
    const other = { ...item, tag: 'reviewing', label: 'Action plan: reviewing' }
    lms.setFault({ kind: 'reset_after', count: 2, service: 'lineitems' })
    expect((await gradebook.createLineItem(platform, lineItemsUrl, other)).kind).toBe('unreachable')
    lms.setFault(null)
    expect((await gradebook.createLineItem(platform, lineItemsUrl, other)).kind).toBe('ready')
    expect((await gradebook.createLineItem(platform, lineItemsUrl, other)).kind).toBe('ready')
    expect(lms.gradebook('c').columns.filter(({ tag }) => tag === 'reviewing')).toHaveLength(1)
  })

  it('lists every column over all pages', async () => {
    for (const number of Array.from({ length: 12 }, (_, index) => index))
      await gradebook.createLineItem(platform, lineItemsUrl, { ...item, tag: 'many', resourceId: `many-${number}` })
    const listed = await gradebook.listLineItems(platform, lineItemsUrl, { tag: 'many' })
    expect(listed.kind === 'read' ? listed.lineItems.length : listed).toBe(12)
  })

  it('posts a score that arrives with its comment and makes no submission attempt', async () => {
    const { url } = await column()
    expect(await gradebook.postScore(platform, url, score('100'))).toEqual({ kind: 'accepted' })
    expect(cell('100')).toMatchObject({ score: 17, comment: 'Clear.', attempts: 0 })
    const read = await gradebook.readResult(platform, url, '100')
    const share = read.kind === 'read' ? read.score! / read.maximum! : read
    expect(share).toBeCloseTo(17 / 20)
  })

  it('tells work as one attempt of the moment it was handed in, which opens that work, however often it is scored', async () => {
    const { url } = await column()
    const work = {
      roundId: '11111111-1111-4111-8111-111111111111' as RoundId,
      personId: '22222222-2222-4222-8222-222222222222' as PersonId,
      handedInAt: new Date(Date.now() - 86_400_000),
    }
    for (const scoreGiven of [15, 16, 16])
      expect(await gradebook.postScore(platform, url, score('102', { work, scoreGiven }))).toEqual({ kind: 'accepted' })
    expect(cell('102')).toMatchObject({ score: 16, attempts: profile === 'canvas' ? 1 : 0 })
    const sent = lms.log().findLast(({ service }) => service === 'scores')!.body as Record<string, unknown>
    const address = `${tool.url}/lti/launch?round=${work.roundId}&person=${work.personId}`
    const submission = {
      submission_type: 'basic_lti_launch',
      submission_data: address,
      submitted_at: work.handedInAt.toISOString(),
    }
    const told = sent['https://canvas.instructure.com/lti/submission']
    expect(told).toEqual(profile === 'canvas' ? submission : undefined)
  })

  it('says that a score is stale when the gradebook holds a later one', async () => {
    const { url } = await column()
    const earlier = score('101')
    expect((await gradebook.postScore(platform, url, score('101', { scoreGiven: 12 }))).kind).toBe('accepted')
    expect((await gradebook.postScore(platform, url, earlier)).kind).toBe('stale')
    expect(cell('101')?.score).toBe(12)
  })

  it('gives way to a grade that is there, in the LMS itself, unless it is to replace it; and knows whose is there', async () => {
    const { url } = await column()
    const { id } = lms.gradebook('c').columns.find((each) => each.url === url)!
    const read = async () => {
      const told = await gradebook.readResult(platform, url, '111')
      return told.kind === 'read' ? told.score! / told.maximum! : told.kind
    }
    const post = async (scoreGiven: number | null, replaces: boolean) => {
      const posted = await gradebook.postScore(platform, url, score('111', { scoreGiven, replaces, comment: '' }))
      expect(profile === 'canvas' ? ['accepted'] : ['accepted', 'stale']).toContain(posted.kind)
      return [cell('111')?.score, await read()]
    }
    expect(await post(15.37, false)).toEqual([15.37, 15.37 / 20])
    lms.gradeByHand('c', id, '111', 19)
    expect(await read()).toBeCloseTo(0.95)
    // Moodle's override stands whatever is sent.
    const isCanvas = profile === 'canvas'
    expect(await post(12.5, false)).toEqual(isCanvas ? [19, 'kept'] : [19, 0.95])
    expect(await post(null, false)).toEqual(isCanvas ? [19, 0] : [19, 0.95])
    expect(await post(12.5, true)).toEqual(isCanvas ? [12.5, 0.625] : [19, 0.95])
  })

  it('reads that there is no result yet', async () => {
    const { url } = await column()
    expect(await gradebook.readResult(platform, url, '119')).toEqual({
      kind: 'read',
      score: null,
      maximum: null,
      comment: null,
    })
  })

  it('asks for a token once for many calls, and once more when it was forgotten', async () => {
    const { url } = await column()
    await gradebook.postScore(platform, url, score('102'))
    const before = tokenRequests()
    await Promise.all(['103', '104', '105'].map((id) => gradebook.postScore(platform, url, score(id))))
    expect(tokenRequests()).toBe(before)
    lms.setFault({ kind: 'expired_token', count: 1, service: 'scores' })
    expect((await gradebook.postScore(platform, url, score('106'))).kind).toBe('accepted')
    expect(tokenRequests()).toBe(before + 1)
    lms.setFault({ kind: 'expired_token', count: 1, service: 'lineitems' })
    expect((await gradebook.listLineItems(platform, lineItemsUrl)).kind).toBe('read')
  })

  it.each([58, -58])('gets its token with a clock that is %i s ahead of the LMS’s', async (by) => {
    const { url } = await column()
    ahead = by
    lms.setFault({ kind: 'expired_token', count: 1, service: 'scores' })
    const sent = await gradebook.postScore(platform, url, score('108'))
    ahead = 0
    expect(sent).toEqual({ kind: 'accepted' })
  })

  it('changes the score of a work whose attempts are used up, without one more', async () => {
    const { url } = await column()
    const { id } = lms.gradebook('c').columns.find((each) => each.url === url)!
    lms.changeColumn('c', id, { allowedAttempts: 1 })
    const handedInAt = new Date(Date.now() - 7_200_000)
    const work = { roundId: 'round-1' as RoundId, personId: 'person-1' as PersonId, handedInAt }
    for (const scoreGiven of [12, 15])
      expect(await gradebook.postScore(platform, url, score('110', { scoreGiven, work }))).toEqual({ kind: 'accepted' })
    expect(cell('110')).toMatchObject({ score: 15, attempts: profile === 'canvas' ? 1 : 0 })
    lms.changeColumn('c', id, { allowedAttempts: 100 })
  })

  it('tells one trouble from another', async () => {
    const { url } = await column()
    const post = async () => gradebook.postScore(platform, url, score('107'))
    lms.setFault({ kind: 'busy', retryAfterSeconds: 7, count: 1, service: 'scores' })
    expect(await post()).toMatchObject({ kind: 'busy', retryAfterSeconds: 7 })
    lms.setFault({ kind: 'error', count: 1, service: 'scores' })
    expect(await post()).toMatchObject({ kind: 'unreachable' })
    lms.setFault({ kind: 'reset_before', count: 1, service: 'scores' })
    expect(await post()).toMatchObject({ kind: 'unreachable' })
    lms.setFault({ kind: 'busy', retryAfterSeconds: 3, count: 1, service: 'lineitems' })
    expect(await gradebook.listLineItems(platform, lineItemsUrl)).toMatchObject({ kind: 'busy', retryAfterSeconds: 3 })
    const gone = new URL(url)
    gone.pathname = gone.pathname.replace(/\d+(?=\D*$)/, '999999')
    expect(await gradebook.postScore(platform, gone.href, score('107'))).toMatchObject({ kind: 'refused' })
    const off = { ...platform, networkId: '00000000-0000-4000-8000-000000000000' as NetworkId }
    expect(await gradebook.postScore(off, url, score('107'))).toMatchObject({
      kind: 'refused',
      code: 'lms.connection_off',
    })
  })

  it.each([
    ['a page for people', '<!doctype html><h1>Back at noon</h1>'],
    ['nothing at all', ''],
  ])('takes %s in the place of an answer for no answer', async (_what, body) => {
    const page = await startKeyPage()
    page.answer = (_req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(body)
    const unreadable = { kind: 'refused', code: 'lms.answer_unreadable' }
    expect(await gradebook.listLineItems(platform, page.url)).toMatchObject(unreadable)
    expect(await gradebook.createLineItem(platform, page.url, item)).toMatchObject(unreadable)
    expect(await gradebook.readResult(platform, page.url, '107')).toMatchObject(unreadable)
    await expect(roster.readPage(platform, page.url, null)).rejects.toMatchObject({ trouble: unreadable })
    // Moodle says nothing when it takes a score.
    const posted = await gradebook.postScore(platform, page.url, score('107'))
    expect(posted).toMatchObject(body ? unreadable : { kind: 'accepted' })
    page.close()
  })

  it('takes what Canvas says to a tool that asks too much at once for a rest, whichever service says it', async () => {
    const page = await startKeyPage()
    page.answer = (_req, res) =>
      res.writeHead(403, { 'content-type': 'text/plain' }).end('403 Forbidden (Rate Limit Exceeded)\n')
    const busy = { kind: 'busy', retryAfterSeconds: null }
    expect(await gradebook.listLineItems(platform, page.url)).toMatchObject(busy)
    expect(await gradebook.createLineItem(platform, page.url, item)).toMatchObject(busy)
    expect(await gradebook.readResult(platform, page.url, '107')).toMatchObject(busy)
    expect(await gradebook.postScore(platform, page.url, score('107'))).toMatchObject(busy)
    await expect(roster.readPage(platform, page.url, null)).rejects.toMatchObject({ trouble: busy })
    page.close()
  })

  it('reads the whole roster page by page', async () => {
    const pages: (readonly RosterMember[])[] = []
    for await (const page of roster.listMembers(platform, membershipsUrl)) pages.push(page)
    const members = pages.flat()
    expect(members).toHaveLength(121)
    expect(new Set(members.map(({ userId }) => userId)).size).toBe(121)
    expect(pages.length).toBe(profile === 'canvas' ? 3 : 1)
    expect(members[0]).toMatchObject({ userId: '100', status: 'active', name: 'Person 100', email: '100@x.example' })
  })

  it('says why a roster cannot be read', async () => {
    lms.setFault({ kind: 'busy', count: 1, service: 'memberships' })
    const read = async () => {
      for await (const page of roster.listMembers(platform, membershipsUrl)) expect(page).toBeDefined()
    }
    await expect(read()).rejects.toMatchObject({ trouble: { kind: 'busy' } })
  })
})
