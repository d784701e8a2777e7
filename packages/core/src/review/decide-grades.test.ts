import { expect, it } from 'vitest'
import { answerAppeal, raiseAppeal, withdrawAppeal } from './appeal-grade.ts'
import { changeScoring } from './change-scoring.ts'
import { checkWork } from './check-work.ts'
import { overrideScore } from './override-score.ts'
import { releaseGrades } from './release-grades.ts'
import { writeGradeComment } from './write-grade-comment.ts'

const [day, now] = [86_400_000, new Date('2026-03-01T12:00:00Z')]
const later = new Date(+now + day)
const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal!.code)
const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const rubric = {
  criteria: ['one', 'two'].map((id) => ({ id, title: `Title ${id}`, description: '', levels, commentRequired: true })),
}

it('overrides a score once reviews are dealt, with a reason, within the column’s points', () => {
  const asked = { points: 20, reason: 'Read it again' }
  expect(code(overrideScore({ phase: 'closed' }, asked, 20))).toBe('ok')
  expect(code(overrideScore({ phase: 'review' }, { ...asked, points: 0 }, 20))).toBe('ok')
  expect(code(overrideScore({ phase: 'submit' }, asked, 20))).toBe('review.wrong_phase')
  expect(code(overrideScore({ phase: 'closed' }, { ...asked, reason: ' ' }, 20))).toBe('score.reason_missing')
  expect(code(overrideScore({ phase: 'closed' }, { ...asked, points: 20.01 }, 20))).toBe('score.points_out_of_range')
  expect(code(overrideScore({ phase: 'closed' }, { ...asked, points: -0.5 }, 20))).toBe('score.points_out_of_range')
})

it('takes an instructor’s check with a level for every criterion, and asks for no comment', () => {
  const marks = ['one', 'two'].map((criterionId) => ({ criterionId, points: 5, comment: '' }))
  expect(code(checkWork({ phase: 'closed', rubric }, marks, false))).toBe('ok')
  expect(code(checkWork({ phase: 'closed', rubric }, marks, true))).toBe('score.released')
  expect(code(checkWork({ phase: 'submit', rubric }, marks, false))).toBe('review.wrong_phase')
  expect(code(checkWork({ phase: 'review', rubric }, [{ ...marks[0]!, points: 4 }], false))).toBe(
    'review.unknown_level',
  )
  const half = checkWork({ phase: 'review', rubric }, [marks[0]!, { ...marks[1]!, points: null }], false)
  expect(half).toMatchObject({ refusal: { facts: { criteria: [{ id: 'two', title: 'Title two' }] } } })
})

it('changes weights and takes the model where it is offered until grades are released, and goes back to the mean at any time', () => {
  const round = { method: 'mean', reviewerWeights: { agreement: 60, completeness: 40, helpfulness: 0 } } as const
  const weights = { agreement: 50, completeness: 40, helpfulness: 10 }
  const facts = { offered: false, released: false }
  expect(code(changeScoring(round, { method: 'model' }, facts))).toBe('score.model_not_offered')
  expect(code(changeScoring(round, { method: 'model' }, { ...facts, offered: true }))).toBe('ok')
  expect(code(changeScoring({ ...round, method: 'model' }, { method: 'mean' }, facts))).toBe('ok')
  expect(code(changeScoring(round, { reviewerWeights: weights }, facts))).toBe('ok')
  expect(code(changeScoring(round, { reviewerWeights: weights }, { offered: true, released: true }))).toBe(
    'score.released',
  )
  expect(code(changeScoring(round, { method: 'mean' }, { offered: true, released: true }))).toBe('ok')
  expect(
    code(changeScoring({ ...round, method: 'model' }, { method: 'mean' }, { offered: true, released: true })),
  ).toBe('ok')
  expect(code(changeScoring(round, { method: 'model' }, { offered: true, released: true }))).toBe('score.released')
})

it('releases grades that can change no more, once, with time to appeal', () => {
  const round = { phase: 'closed', reviewUntil: now } as const
  expect(code(releaseGrades(round, null, later, now))).toBe('ok')
  expect(code(releaseGrades({ ...round, phase: 'review' }, null, later, now))).toBe('score.not_final')
  expect(code(releaseGrades(round, { releasedAt: now, appealsUntil: later }, later, now))).toBe('score.released')
  expect(code(releaseGrades(round, null, now, now))).toBe('score.appeals_end_passed')
})

it('lets a learner appeal a released grade up to the last moment, one appeal at a time', () => {
  const release = { releasedAt: now, appealsUntil: later }
  const facts = { grade: 15, hasOpen: false }
  expect(raiseAppeal(release, facts, later)).toEqual({ ok: true, value: true })
  expect(code(raiseAppeal(null, facts, now))).toBe('appeal.not_released')
  expect(raiseAppeal(release, facts, new Date(+later + 1))).toMatchObject({
    refusal: { code: 'appeal.too_late', facts: { appealsUntil: later } },
  })
  expect(code(raiseAppeal(release, { ...facts, grade: null }, now))).toBe('appeal.no_grade')
  expect(code(raiseAppeal(release, { ...facts, hasOpen: true }, now))).toBe('appeal.open_already')
})

it('answers an open appeal by keeping the grade or with other points in range', () => {
  const facts = { grade: 15, maximum: 20 }
  const answer = (points: number) => answerAppeal('open', { outcome: 'changed', points }, facts)
  expect(answerAppeal('open', { outcome: 'kept' }, facts)).toEqual({ ok: true, value: true })
  for (const points of [16, 0, 20]) expect(answer(points)).toEqual({ ok: true, value: true })
  expect(answer(15)).toMatchObject({ refusal: { code: 'appeal.same_grade', facts: { points: 15 } } })
  for (const points of [-0.5, 20.5])
    expect(answer(points)).toMatchObject({ refusal: { code: 'score.points_out_of_range', facts: { maximum: 20 } } })
})

it('answers an appeal once, and none that was taken back', () => {
  const facts = { grade: 15, maximum: 20 }
  expect(withdrawAppeal('open')).toEqual({ ok: true, value: true })
  for (const status of ['answered', 'withdrawn'] as const) {
    const refused = { refusal: { code: 'appeal.not_open', facts: { status } } }
    expect(answerAppeal(status, { outcome: 'kept' }, facts)).toMatchObject(refused)
    expect(withdrawAppeal(status)).toMatchObject(refused)
  }
})

const mark = (one: number, two: number) => ({
  percent: 0,
  points: one + two,
  of: 20,
  criteria: [
    { criterionId: 'one', points: one, of: 10, weight: 1 },
    { criterionId: 'two', points: two, of: 10, weight: 1 },
  ],
})

it('writes what is chosen into the gradebook’s comment, and names nobody', () => {
  const work = { score: { marks: [mark(10, 5), mark(5, 0)], late: 10 }, comments: ['Clear.', ' ', 'Say it once.'] }
  const all = {
    include: ['reviews', 'criteria', 'late', 'own'] as ('reviews' | 'criteria' | 'late' | 'own')[],
    own: 'Well read.',
  }
  expect(writeGradeComment(all, rubric, work)).toBe(
    [
      'Well read.',
      'Handed in late: 10 % is taken off.',
      'Mean of 2 reviews\nTitle one: 7.5 of 10\nTitle two: 2.5 of 10',
      'Review 1: Clear.',
      'Review 3: Say it once.',
    ].join('\n\n'),
  )
  expect(writeGradeComment(all, rubric, null)).toBe('Well read.')
  expect(writeGradeComment({ ...all, include: [] }, rubric, work)).toBe('')
  const long = writeGradeComment(all, rubric, { ...work, comments: ['x'.repeat(9000)] })
  expect([long.length, long.at(-1)]).toEqual([4000, '…'])
})

it('leaves out of a comment what there is none of, and spells numbers with two decimals at most', () => {
  const comment = (include: ('reviews' | 'criteria' | 'late' | 'own')[], marks: ReturnType<typeof mark>[], late = 0) =>
    writeGradeComment({ include, own: '  ' }, rubric, { score: { marks, late }, comments: [' One.\n'] })
  expect(comment(['own', 'late', 'criteria'], [])).toBe('')
  expect(comment(['criteria'], [mark(10, 5)])).toBe('Mean of 1 review\nTitle one: 10 of 10\nTitle two: 5 of 10')
  expect(comment(['criteria'], [mark(10, 5), mark(10, 5), mark(5, 0)])).toContain('8.33 of 10\nTitle two: 3.33 of 10')
  expect(comment(['late', 'reviews'], [], 12.5)).toBe('Handed in late: 12.5 % is taken off.\n\nReview 1: One.')
})

it('cuts a comment only where it is longer than 4,000 letters', () => {
  const told = (letters: number) => writeGradeComment({ include: ['own'], own: 'x'.repeat(letters) }, rubric, null)
  expect(told(4000)).toBe('x'.repeat(4000))
  expect(told(4001)).toBe(`${'x'.repeat(3999)}…`)
})

it('says in a refusal what would do', () => {
  const asked = { points: 21, reason: 'Read it again' }
  expect(overrideScore({ phase: 'closed' }, asked, 20)).toMatchObject({ refusal: { facts: { maximum: 20 } } })
  expect(overrideScore({ phase: 'draft' }, asked, 20)).toMatchObject({
    refusal: { facts: { phase: 'draft', needed: 'review' } },
  })
  const round = { phase: 'review', reviewUntil: later } as const
  expect(releaseGrades(round, null, later, now)).toMatchObject({ refusal: { facts: { reviewUntil: later } } })
  expect(releaseGrades({ ...round, phase: 'closed' }, null, now, later)).toMatchObject({
    refusal: { facts: { appealsUntil: now } },
  })
  expect(overrideScore({ phase: 'closed' }, { ...asked, points: 20 }, 20)).toEqual({ ok: true, value: true })
  expect(releaseGrades({ ...round, phase: 'closed' }, null, later, now)).toEqual({ ok: true, value: true })
})
