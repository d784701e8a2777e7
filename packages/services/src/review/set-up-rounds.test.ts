import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@copractice/core/directory'
import type { RoundId } from '@copractice/core/kernel'
import { RoundSetup, type Rubric } from '@copractice/core/review'
import type { OpenDatabase } from '@copractice/store/database'
import { findRound, listAssignments, listRoundsByDate } from '@copractice/store/review'
import { openTestDb } from '@copractice/store/testing'
import * as portfolio from '../portfolio/index.ts'
import { actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import * as review from './index.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-01T12:00:00Z')
const hours = (n: number) => new Date(+start + n * HOUR)
let open: OpenDatabase, seeded: SeededNetwork
let actors: Record<'ana' | 'ravi' | 'hana' | 'dora' | 'rosa' | 'hugo', Actor>

beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now: start })
  const { networkId, cohortId, people, links } = seeded
  const through = (who: keyof typeof people, courseLinkId: typeof links.riverside) =>
    actorFor(open.db, { networkId, personId: people[who], courseLinkId, now: start })
  actors = {
    ana: await through('ana', links.riverside),
    ravi: await through('ravi', links.riverside),
    hana: await through('hana', links.hillside),
    dora: await actorFor(open.db, { networkId, personId: people.dora, cohortId, now: start }),
    rosa: await through('rosa', links.riverside),
    hugo: await through('hugo', links.hillside),
  }
  const mails = open.db.updateTable('person').where('network_id', '=', networkId)
  await mails.set({ email: 'rosa@x.example' }).where('id', '=', people.rosa).execute()
})
afterAll(() => open.close())

const levels = [0, 1].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const rubric: Rubric = {
  criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }],
}
const setup = (part: Partial<RoundSetup> = {}) => ({
  ...RoundSetup.decode({
    title: 'Action plan',
    submitUntil: hours(24).toISOString(),
    reviewUntil: hours(48).toISOString(),
    timeZone: 'UTC',
    rubric,
    reviewsPerSubmission: 2,
    anonymity: 'double',
    sameCampus: 'allow',
    workMaximum: 20,
    reviewingMaximum: 10,
  }),
  ...part,
})
const value = <T>(result: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}
const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? 'ok' : result.refusal.code
const made = async (part: Partial<RoundSetup> = {}): Promise<RoundId> => {
  const order = { cohortId: seeded.cohortId, setup: setup(part) }
  return value(await review.setUpRound(open.db, actors.rosa, order, start)).roundId
}
const opened = async (part: Partial<RoundSetup> = {}) => {
  const roundId = await made(part)
  value(await review.openRound(open.db, actors.rosa, roundId, start))
  return roundId
}
const handIn = async (who: keyof typeof actors, roundId: RoundId, at: Date) => {
  const saved = await review.saveWork(open.db, actors[who], { roundId, body: 'One desk', basedOn: null }, at)
  return saved.ok ? review.handIn(open.db, actors[who], roundId, at) : saved
}
const phase = async (roundId: RoundId) => (await findRound(open.db, seeded.networkId, roundId))!.phase
const mails = () => open.db.selectFrom('mail').select(['recipient', 'subject']).execute()

describe('a round by its dates', () => {
  it('opens, deals and closes when its dates come, each once, however many processes look', async () => {
    const roundId = await made({ advance: 'by_date', openFrom: hours(1) })
    const look = (at: number) => Promise.all([1, 2, 3, 4].map(() => review.advanceDueRounds(open.db, hours(at))))
    await look(0)
    expect(await phase(roundId)).toBe('draft')
    await look(1)
    expect(await phase(roundId)).toBe('submit')
    for (const who of ['ana', 'ravi', 'hana', 'dora'] as const) value(await handIn(who, roundId, hours(2)))
    await look(24)
    expect(await phase(roundId)).toBe('submit')
    await look(25)
    expect(await phase(roundId)).toBe('review')
    expect(await listAssignments(open.db, seeded.networkId, roundId)).toHaveLength(8)
    await look(49)
    expect(await phase(roundId)).toBe('closed')
    const entries = await open.db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', `round:${roundId}`)
      .orderBy('at')
      .execute()
    expect(entries.map(({ action }) => action)).toEqual([
      'round.set_up',
      'round.opened',
      'round.allocated',
      'round.closed',
    ])
  })

  it('is moved on though many older ones wait for their grace or for somebody with more time', async () => {
    const roundId = await made({ advance: 'by_date', openFrom: hours(1) })
    const { id: _, ...like } = await open.db
      .selectFrom('review_round')
      .selectAll()
      .where('id', '=', roundId)
      .executeTakeFirstOrThrow()
    const json = {
      reviewer_weights: JSON.stringify(like.reviewer_weights),
      grade_comment: JSON.stringify(like.grade_comment),
    }
    const dates = { submit_until: hours(-100), review_until: hours(900), open_from: null, created_at: start }
    const waiting = (phase: 'submit' | 'review', graceMinutes: number) => ({
      ...like,
      ...json,
      ...dates,
      rubric: JSON.stringify(like.rubric),
      late_policy: JSON.stringify({ kind: 'closed', graceMinutes }),
      title: 'Waiting',
      phase,
    })
    const many = Array.from({ length: 130 }, () => [waiting('submit', 60 * 24 * 30), waiting('review', 0)])
    await open.db.insertInto('review_round').values(many.flat()).execute()
    await review.advanceDueRounds(open.db, hours(1))
    expect(await phase(roundId)).toBe('submit')
    const due = { now: hours(1), stalledBefore: hours(0), after: null, limit: 500 }
    expect(await listRoundsByDate(open.db, due)).toEqual([])
    await open.db.deleteFrom('review_round').where('title', '=', 'Waiting').execute()
  })

  it('tells its instructors once when nothing can be dealt, tries again, and goes on as soon as it can', async () => {
    const roundId = await opened({ advance: 'by_date', title: 'Nobody came' })
    const look = (at: number) => Promise.all([1, 2].map(() => review.advanceDueRounds(open.db, hours(at))))
    await look(25)
    await look(25.5)
    await look(27)
    expect((await mails()).filter(({ subject }) => subject.includes('Nobody came'))).toEqual([
      { recipient: 'rosa@x.example', subject: expect.stringContaining('needs you') },
    ])
    const seen = value(await review.showRound(open.db, actors.rosa, roundId, hours(27)))
    expect([seen.phase, seen.setup?.stalled?.why]).toEqual(['submit', 'allocation.no_work'])

    const change = { submitUntil: hours(30) }
    const moved = value(await review.changeRound(open.db, actors.rosa, { roundId, change }, hours(27)))
    expect(moved.setup?.stalled).toBeNull()
    for (const who of ['ana', 'ravi', 'hana'] as const) value(await handIn(who, roundId, hours(28)))
    await look(31)
    expect(await phase(roundId)).toBe('review')
  })
})

describe('more time', () => {
  it('is one person’s alone, for work until the reviews are due and for reviews beyond', async () => {
    const roundId = await opened({ advance: 'by_date' })
    const { ana, hana } = seeded.people
    const give = (personId: typeof ana, kind: 'work' | 'reviews', until: Date) =>
      review.grantExtension(open.db, actors.rosa, { roundId, personId, kind, until, reason: 'Ill' }, start)
    expect(codeOf(await give(hana, 'work', hours(30)))).toBe('review.not_own_learner')
    expect(codeOf(await give(ana, 'work', hours(48)))).toBe('review.extension_too_late')
    value(await give(ana, 'work', hours(30)))
    value(await give(ana, 'reviews', hours(60)))

    for (const who of ['ravi', 'hana', 'dora'] as const) value(await handIn(who, roundId, hours(2)))
    await review.advanceDueRounds(open.db, hours(25))
    expect(await phase(roundId)).toBe('review')
    expect(value(await handIn('ana', roundId, hours(26))).lateMinutes).toBeNull()
    const mine = value(await review.showRound(open.db, actors.ana, roundId, hours(26)))
    expect([mine.submitUntil, mine.reviewUntil, mine.plan.moreTime]).toEqual([
      hours(30),
      hours(60),
      { work: true, reviews: true },
    ])
    expect(value(await review.showRound(open.db, actors.ravi, roundId, hours(26))).reviewUntil).toEqual(hours(48))

    const listed = value(await review.listExtensions(open.db, actors.rosa, roundId))
    expect(listed.own.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['work', 'Ill'],
      ['reviews', 'Ill'],
    ])
    const elsewhere = value(await review.listExtensions(open.db, actors.hugo, roundId))
    expect([elsewhere.own, elsewhere.others]).toEqual([[], 1])

    await review.advanceDueRounds(open.db, hours(50))
    expect(await phase(roundId)).toBe('review')
    await review.advanceDueRounds(open.db, hours(61))
    expect(await phase(roundId)).toBe('closed')
  })
})

describe('late work', () => {
  it('is refused, or taken and counted in minutes, as the round says', async () => {
    const closed = await opened()
    expect(codeOf(await handIn('ana', closed, hours(25)))).toBe('review.submissions_closed')
    const taking = await opened({ latePolicy: { kind: 'accepted', graceMinutes: 15 } })
    expect(value(await handIn('ana', taking, hours(24.25))).lateMinutes).toBeNull()
    expect(value(await handIn('ravi', taking, hours(25))).lateMinutes).toBe(60)
  })

  it('is counted again when a last moment is moved, for everyone or for one', async () => {
    const roundId = await opened({ latePolicy: { kind: 'accepted', graceMinutes: 15 } })
    value(await handIn('ana', roundId, hours(26)))
    value(await handIn('ravi', roundId, hours(25)))
    value(await handIn('hana', roundId, hours(1)))
    const late = async () => {
      const rows = await open.db
        .selectFrom('submission')
        .select(['author_id', 'late_minutes'])
        .where('round_id', '=', roundId)
        .execute()
      const of = (who: 'ana' | 'ravi' | 'hana') =>
        rows.find(({ author_id }) => author_id === seeded.people[who])!.late_minutes
      return [of('ana'), of('ravi'), of('hana')]
    }
    expect(await late()).toEqual([120, 60, null])
    const own = { roundId, personId: seeded.people.ana, kind: 'work' as const }
    value(await review.grantExtension(open.db, actors.rosa, { ...own, until: hours(30), reason: 'Ill' }, hours(26)))
    expect(await late()).toEqual([null, 60, null])
    value(await review.withdrawExtension(open.db, actors.rosa, own, hours(26)))
    expect(await late()).toEqual([120, 60, null])
    const change = { submitUntil: hours(24.8) }
    value(await review.changeRound(open.db, actors.rosa, { roundId, change }, hours(26)))
    expect(await late()).toEqual([72, null, null])
    const { facts } = await open.db
      .selectFrom('audit_entry')
      .select('facts')
      .where('subject', '=', `round:${roundId}`)
      .where('action', '=', 'round.time_given')
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(facts)).not.toContain('Ill')
  })
})

describe('a step back', () => {
  it('takes back what was dealt while nobody has begun a review', async () => {
    const roundId = await opened()
    for (const who of ['ana', 'ravi', 'hana', 'dora'] as const) value(await handIn(who, roundId, hours(2)))
    const order = { roundId, preview: false, withoutWork: false }
    value(await review.allocateRound(open.db, actors.rosa, order, hours(3)))
    const back = value(await review.stepBack(open.db, actors.rosa, { roundId }, hours(4)))
    expect([back.phase, back.progress]).toMatchObject(['submit', { handedIn: 4, reviewsAssigned: 0 }])
    expect(codeOf(await review.stepBack(open.db, actors.rosa, { roundId }, hours(4)))).toBe('review.work_begun')
    value(await review.allocateRound(open.db, actors.rosa, order, hours(5)))

    const [dealt] = await listAssignments(open.db, seeded.networkId, roundId)
    const { submissionId: submission_id, assignmentId: assignment_id, reviewerId: raised_by } = dealt!
    const of = { network_id: seeded.networkId, round_id: roundId, submission_id, assignment_id, raised_by }
    const flag = { ...of, raised_as: 'reviewer' as const, kind: 'unreadable' as const, text: '', raised_at: hours(6) }
    await open.db.insertInto('review_flag').values(flag).execute()
    expect(codeOf(await review.stepBack(open.db, actors.rosa, { roundId }, hours(6)))).toBe('review.reviews_begun')
  })
})

describe('using a round again', () => {
  it('takes its set-up and moved dates, and nothing that people did', async () => {
    const { ana, ravi } = seeded.people
    const pair = { people: [ana, ravi] as [typeof ana, typeof ravi], reason: 'supervisor' as const, note: 'Her lab' }
    const roundId = await opened({
      conflicts: [pair],
      selfAssessment: true,
      reviseUntil: hours(72),
      workKinds: ['link'],
    })
    const seen = value(await review.showRound(open.db, actors.rosa, roundId, start))
    expect(seen.setup?.conflicts).toMatchObject([{ reason: 'supervisor', note: 'Her lab' }])
    value(
      await review.setLink(
        open.db,
        actors.ana,
        { roundId, link: { url: 'https://example.org/plan', kind: 'link' } },
        start,
      ),
    )
    const targets = value(await review.listReuseTargets(open.db, actors.rosa, roundId, start))
    expect(targets).toEqual({ cohorts: [{ cohortId: seeded.cohortId, name: 'Willow cohort', isHere: true }], weeks: 2 })
    const again = await review.reuseRound(
      open.db,
      actors.rosa,
      { roundId, cohortId: seeded.cohortId, weeks: 20 },
      start,
    )
    const copy = value(await review.showRound(open.db, actors.rosa, value(again).roundId, start))
    expect(copy).toMatchObject({
      phase: 'draft',
      title: 'Action plan',
      submitUntil: hours(24 + 20 * 7 * 24),
      plan: { selfAssessment: true, reviseUntil: hours(72 + 20 * 7 * 24), workKinds: ['link'] },
      setup: { conflicts: [] },
      progress: { handedIn: 0, reviewsAssigned: 0 },
    })
    expect(
      codeOf(await review.reuseRound(open.db, actors.ana, { roundId, cohortId: seeded.cohortId, weeks: 1 }, start)),
    ).toBe('review.instructors_only')
  })
})

describe('work that lies somewhere else', () => {
  it('is a link or a kept draft of one’s portfolio, where the round takes them', async () => {
    const roundId = await opened({ workKinds: ['link', 'portfolio'] })
    const text = await review.saveWork(open.db, actors.ana, { roundId, body: 'Typed', basedOn: null }, start)
    expect(codeOf(text)).toBe('review.kind_not_taken')
    const video = { url: 'https://example.org/v', kind: 'video' as const }
    expect(codeOf(await review.setLink(open.db, actors.ana, { roundId, link: video }, start))).toBe(
      'review.kind_not_taken',
    )

    const item = value(
      await portfolio.createPortfolioItem(open.db, actors.ana, { title: 'Essay', kind: 'essay' }, start),
    )
    const { itemId } = item
    const write = (body: string, basedOn: Date, at: Date) =>
      portfolio.savePortfolioDraft(open.db, actors.ana, { itemId, body, link: null, basedOn }, at)
    value(await write('One front desk', start, hours(1)))
    const draftId = item.drafts[0]!.draftId
    const choose = (who: 'ana' | 'ravi') =>
      review.choosePortfolioDraft(open.db, actors[who], { roundId, draftId }, hours(1))
    expect(codeOf(await choose('ravi'))).toBe('portfolio.not_found')
    expect(value(await choose('ana'))).toMatchObject({
      body: 'One front desk',
      portfolio: { itemId, title: 'Essay', number: 1 },
    })
    value(await review.handIn(open.db, actors.ana, roundId, hours(1)))

    // What was handed in stays as it was while the portfolio goes on.
    const next = value(await write('Two front desks', hours(1), new Date(+hours(1) + 1000)))
    expect(next).toMatchObject({ number: 2, isNew: true })
    const after = value(await review.showRound(open.db, actors.ana, roundId, hours(2)))
    expect(after.myWork).toMatchObject({ body: 'One front desk', portfolio: { number: 1 } })
    const kept = value(await portfolio.showPortfolioItem(open.db, actors.ana, itemId))
    expect(kept.drafts.map(({ number, keptAt, handedInTo }) => [number, keptAt !== null, handedInTo])).toEqual([
      [2, false, []],
      [1, true, ['Action plan']],
    ])
    const restored = value(await portfolio.restorePortfolioDraft(open.db, actors.ana, { itemId, number: 1 }, hours(3)))
    expect(restored.drafts[0]).toMatchObject({ number: 3, body: 'One front desk', restoredFrom: 1 })
    expect(restored.drafts[1]).toMatchObject({ number: 2, body: 'Two front desks' })
  })

  it('nobody reads or changes another’s portfolio', async () => {
    const { itemId } = value(
      await portfolio.createPortfolioItem(open.db, actors.ana, { title: 'CV', kind: 'cv' }, start),
    )
    expect(codeOf(await portfolio.showPortfolioItem(open.db, actors.rosa, itemId))).toBe('portfolio.not_found')
    expect(codeOf(await portfolio.removePortfolioItem(open.db, actors.ravi, itemId, start))).toBe('portfolio.not_found')
    const list = async (who: 'ana' | 'ravi') =>
      (await portfolio.listPortfolio(open.db, actors[who], { limit: 10 })).items
    expect((await list('ana')).map(({ title }) => title)).toContain('CV')
    expect(await list('ravi')).toEqual([])
    value(await portfolio.removePortfolioItem(open.db, actors.ana, itemId, start))
    expect((await list('ana')).map(({ title }) => title)).not.toContain('CV')
  })
})

describe('the library of rubrics', () => {
  it('keeps versions: a round keeps the one it has, and a new one says what it changes', async () => {
    const made1 = value(
      await review.createRubric(open.db, actors.rosa, { title: 'Plans', note: 'First', rubric }, start),
    )
    const { rubricId, rubricVersionId } = made1
    const roundId = await made({ rubricVersionId })
    const weighed: Rubric = { criteria: [{ ...rubric.criteria[0]!, weight: 2 }] }
    const compared = value(await review.compareRubric(open.db, actors.hugo, { rubricId, rubric: weighed }))
    expect(compared).toMatchObject({
      difference: { countsOtherwise: true, changes: [{ kind: 'weight', before: 1, after: 2 }] },
      openRounds: [{ roundId, number: 1 }],
    })
    const add = (given: Rubric, basedOn: number) =>
      review.addRubricVersion(open.db, actors.hugo, { rubricId, rubric: given, note: 'Twice', basedOn }, hours(1))
    expect(codeOf(await add(rubric, 1))).toBe('rubric.unchanged')
    const second = value(await add(weighed, 1))
    expect(second.versions.map(({ number, note, rounds }) => [number, note, rounds])).toEqual([
      [2, 'Twice', 0],
      [1, 'First', 1],
    ])
    expect(codeOf(await add(rubric, 1))).toBe('rubric.changed_meanwhile')
    const round = value(await review.showRound(open.db, actors.rosa, roundId, start))
    expect(round.rubric.criteria[0]!.weight).toBeUndefined()
    expect(round.setup?.rubricSource).toMatchObject({ number: 1, latest: 2, title: 'Plans' })

    // A rubric that was changed by hand is the library's no more.
    const own = await review.changeRound(open.db, actors.rosa, { roundId, change: { rubric: weighed } }, start)
    expect(value(own).setup?.rubricSource).toBeNull()
  })

  it('finds by title and by criterion, puts away, and takes in what it gave out', async () => {
    const { db } = open
    const list = async (search: string, archived = false) => {
      const page = value(await review.listRubrics(db, actors.rosa, { search, archived, limit: 10 }))
      return page.items.map(({ title }) => title)
    }
    const { rubricId } = value(
      await review.createRubric(db, actors.rosa, { title: '100 % mine', note: '', rubric }, start),
    )
    expect(await list('100 %')).toEqual(['100 % mine'])
    expect(await list('whole')).toContain('100 % mine')
    expect(await list('absent')).toEqual([])
    value(await review.changeRubric(db, actors.rosa, { rubricId, archived: true }, start))
    expect(await list('100')).toEqual([])
    expect(await list('100', true)).toEqual(['100 % mine'])
    const refused = { rubricId, rubric: { criteria: [{ ...rubric.criteria[0]!, weight: 3 }] }, note: 'x', basedOn: 1 }
    expect(codeOf(await review.addRubricVersion(db, actors.rosa, refused, start))).toBe('rubric.archived')

    const file = value(await review.exportRubric(db, actors.rosa, { rubricId, number: 1 }))
    expect(file.fileName).toBe('100-mine-1.json')
    const back = value(await review.importRubric(db, actors.hugo, file.text, start))
    expect([back.title, back.rubric, back.archivedAt]).toEqual(['100 % mine', rubric, null])
    expect(codeOf(await review.importRubric(db, actors.hugo, '{}', start))).toBe('rubric.file_other_kind')
    expect(codeOf(await review.listRubrics(db, actors.ana, { search: '', archived: false, limit: 1 }))).toBe(
      'rubric.instructors_only',
    )
  })
})

describe('reminders', () => {
  it('are for those who take part, tell of reviews once no more can come, and one bad time zone stops nobody’s', async () => {
    const { db } = open
    const { networkId, cohortId, people, institutions } = seeded
    const change = (who: 'ana' | 'ravi' | 'hana', columns: { email: string; time_zone?: string }) =>
      db.updateTable('person').set(columns).where('id', '=', people[who]).execute()
    await change('ana', { email: 'ana@x.example' })
    await change('ravi', { email: 'ravi@x.example' })
    await change('hana', { email: 'hana@x.example', time_zone: 'Nowhere/Land' })
    const seat = { network_id: networkId, cohort_id: cohortId, person_id: people.rosa, kind: 'participant' as const }
    await db
      .insertInto('seat')
      .values({ ...seat, institution_id: institutions.riverside, status: 'seated', since: start })
      .execute()
    const roundId = await opened({ title: 'Reminded', submitFirst: false })
    const failed: unknown[] = []
    const log = { error: (facts: unknown) => void failed.push(facts) }
    const remindedAt = async (at: number) => {
      await db.deleteFrom('mail').execute()
      await review.sendReminders({ db, spaceUrl: 'https://x.example', secret: 's', clock: () => hours(at), log })
      const sent = (await mails()).filter(({ subject }) => subject.includes('Reminded'))
      return sent.map(({ recipient }) => recipient).filter((recipient) => recipient.endsWith('@x.example'))
    }
    expect((await remindedAt(2)).sort()).toEqual(['ana@x.example', 'ravi@x.example'])
    expect(failed).toContainEqual(expect.objectContaining({ personId: people.hana, roundId }))

    for (const who of ['ana', 'ravi', 'hana', 'dora'] as const) value(await handIn(who, roundId, hours(3)))
    value(await review.allocateRound(db, actors.rosa, { roundId, preview: false, withoutWork: true }, hours(4)))
    const reviews = await listAssignments(db, networkId, roundId)
    expect(reviews.filter(({ reviewerId }) => reviewerId === people.rosa)).toEqual([])
    const sent = { saved_at: hours(5), filed_at: hours(5) }
    await db.updateTable('review_assignment').set(sent).where('round_id', '=', roundId).execute()
    for (const { assignmentId, authorId } of reviews)
      if (authorId === people.ravi)
        await db.updateTable('review_assignment').set({ hidden_at: start }).where('id', '=', assignmentId).execute()
    const more = { roundId, personId: people.ana, kind: 'reviews' as const, until: hours(60), reason: '' }
    value(await review.grantExtension(db, actors.rosa, more, hours(6)))
    expect(await remindedAt(50)).toEqual([])
    expect(await remindedAt(70)).toEqual(['ana@x.example'])
  })
})
