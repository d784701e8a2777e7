import { expect, it } from 'vitest'
import type { CohortId, CourseId } from '../kernel/ids.ts'
import { readHistory, recogniseCopy, type LinkElsewhere } from './recognise-copy.ts'

const here = 'spring' as CourseId
const link = (courseId: string, contextId: string): LinkElsewhere => ({
  courseId: courseId as CourseId,
  contextId,
  cohortId: 'willow' as CohortId,
  roundId: null,
})
const fall = link('fall', 'ctx-fall')
const older = link('older', 'ctx-older')
const asked = { courseId: here, placedIn: null, history: [] as string[], elsewhere: [fall, older], unopened: null }

it('takes a link for this course’s own when it was placed here, whatever the course was copied from', () => {
  expect(recogniseCopy({ ...asked, placedIn: here, history: ['ctx-fall'] })).toEqual({ kind: 'own' })
})

it('knows a copy by the course it was placed in, with or without a history', () => {
  expect(recogniseCopy({ ...asked, placedIn: fall.courseId })).toEqual({ kind: 'copy', from: fall })
  expect(recogniseCopy({ ...asked, placedIn: fall.courseId, history: ['ctx-older'] })).toMatchObject({ from: fall })
})

it('knows what a copy opens that nobody opened where it was placed', () => {
  const unopened = { courseId: 'winter' as CourseId, cohortId: 'willow' as CohortId, roundId: null }
  const placedIn = unopened.courseId
  expect(recogniseCopy({ ...asked, placedIn, unopened })).toEqual({ kind: 'copy', from: unopened })
  expect(recogniseCopy({ ...asked, placedIn: fall.courseId, unopened })).toMatchObject({ from: fall })
})

it('is a copy of nothing we know when it was placed in a course of another LMS', () => {
  expect(recogniseCopy({ ...asked, placedIn: 'elsewhere' as CourseId })).toEqual({ kind: 'copy', from: null })
})

it('knows a link made by hand as a copy by the newest course of the history that has such a link', () => {
  const history = ['ctx-unrelated', 'ctx-fall', 'ctx-older']
  expect(recogniseCopy({ ...asked, history })).toEqual({ kind: 'copy', from: fall })
})

it('takes a link made by hand for own where no course of the history has such a link', () => {
  expect(recogniseCopy({ ...asked, history: ['ctx-unrelated'] })).toEqual({ kind: 'own' })
  expect(recogniseCopy(asked)).toEqual({ kind: 'own' })
})

it('reads the history as both LMSs write it', () => {
  expect(readHistory('a, b,,c')).toEqual(['a', 'b', 'c'])
  expect(readHistory('')).toEqual([])
  expect(readHistory(undefined)).toEqual([])
})
