// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { Delivery, ScoreCell } from '@copractice/core/gradebook'
import { RoundId } from '@copractice/core/kernel'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { DeliveryPart } from './delivery-part.tsx'
import { PublishPart } from './publish-part.tsx'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const cell = (part: Partial<ScoreCell>): ScoreCell => ({
  now: null,
  onItsWay: null,
  willBe: null,
  inLms: null,
  verdict: 'same',
  why: null,
  ...part,
})
const course = {
  courseId: id(1),
  title: 'CEP 610',
  institution: 'Riverside State',
  profile: 'canvas',
  hasGradebook: true,
}
const row = (number: number, name: string, work: ScoreCell, reviewing: ScoreCell) => ({
  courseId: id(1),
  personId: id(number),
  name,
  work,
  reviewing,
})
const preview = {
  courses: [course],
  columns: [
    { column: 'work', label: 'Plan: work', maximum: 20 },
    { column: 'reviewing', label: 'Plan: reviewing', maximum: 10 },
  ],
  rows: [
    row(11, 'Amara', cell({ now: 17, willBe: 17 }), cell({ onItsWay: 8.1, willBe: 8.1 })),
    row(12, 'Daniel', cell({ now: 13.7, willBe: 14.5, verdict: 'changed' }), cell({ willBe: 8.95, verdict: 'new' })),
    row(13, 'Owen', cell({ verdict: 'waits', why: 'no_reviews' }), cell({ verdict: 'waits', why: 'round_open' })),
  ],
  counts: { toSend: 2, learnersToSend: 1, same: 2, wait: 2 },
  comment: { include: [], own: '' },
  comments: [],
  others: { inOtherCourses: 5, withoutGradebook: 2 },
  fingerprint: 'seen-1',
}

function open(answerPublish: { status: number; body: unknown }, shown: object = preview) {
  const sent: unknown[] = []
  let asked = 0
  const call = callTo(async (url, init) => {
    const isPublish = url.endsWith('/publish')
    if (isPublish) sent.push(JSON.parse(init.body as string))
    else asked += 1
    const { status, body } = isPublish ? answerPublish : { status: 200, body: shown }
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  show(<PublishPart roundId={RoundId.parse(id(9))} />, resources, call)
  return { user: userEvent.setup(), sent, asked: () => asked }
}
afterEach(cleanup)

const cellsOf = async (name: string) => {
  const row = (await screen.findByRole('rowheader', { name })).closest('tr')!
  return within(row)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)
}

it('shows for each learner what the gradebook has, what it would have, and why something waits', async () => {
  open({ status: 201, body: {} })
  expect(await cellsOf('Amara')).toEqual(['17', 'same', '8.1, on its way', 'same', ''])
  expect(await cellsOf('Daniel')).toEqual(['13.7', '14.5', 'empty', '8.95', ''])
  expect((await cellsOf('Owen')).slice(0, 4)).toEqual(['empty', 'stays', 'empty', 'stays'])
  expect((await cellsOf('Owen'))[4]).toContain('no review yet')
  expect(screen.getAllByRole('columnheader', { name: 'In Canvas now' })).toHaveLength(2)
})

it('says that a teacher has graded, and the grade where the LMS tells it', async () => {
  const theirs = (inLms: number | null) => cell({ willBe: 15, verdict: 'theirs', inLms })
  open({ status: 201, body: {} }, { ...preview, rows: [row(11, 'Amara', theirs(17.5), theirs(null))] })
  expect(await cellsOf('Amara')).toEqual([
    'empty',
    'Graded in the LMS by a teacher: 17.5',
    'empty',
    'Graded in the LMS by a teacher; it does not tell us the grade',
  ])
})

it('repeats the counts before it sends, and sends exactly the preview that was seen', async () => {
  const { user, sent } = open({ status: 201, body: { sent: 2, learners: 1 } })
  await user.click(await screen.findByRole('button', { name: 'Publish 2 scores' }))
  const dialog = await screen.findByRole('dialog', { name: 'Publish 2 scores?' })
  expect(dialog.textContent).toContain('2 scores for 1 learner')
  expect(sent).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Publish 2 scores' }))
  expect(await screen.findByText('2 scores are on their way.')).toBeTruthy()
  expect(sent).toEqual([{ fingerprint: 'seen-1' }])
})

it('fetches a fresh preview when the old one is outdated, and says why nothing was sent', async () => {
  const { user, asked } = open({ status: 409, body: { code: 'publish.preview_outdated', facts: {} } })
  await user.click(await screen.findByRole('button', { name: 'Publish 2 scores' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: 'Publish 2 scores' }))
  expect(await screen.findByText(/Something changed since you looked/)).toBeTruthy()
  expect(asked()).toBeGreaterThan(1)
})

it('speaks of no last time before anything was sent', async () => {
  open({ status: 201, body: {} }, { ...preview, counts: { toSend: 0, learnersToSend: 0, same: 0, wait: 4 } })
  expect(await screen.findByText('There is nothing to send now.')).toBeTruthy()
})

it('offers no button when nothing has changed', async () => {
  open({ status: 201, body: {} }, { ...preview, counts: { toSend: 0, learnersToSend: 0, same: 4, wait: 2 } })
  expect(await screen.findByText(/there is nothing to send/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Publish/ })).toBeNull()
})

it('names what sending a score once more does: to a teacher’s grade, to an emptied cell, or nothing but that', async () => {
  const refused = (name: string, number: number, part: Partial<Delivery>) => ({
    deliveryId: id(number),
    courseId: id(1),
    personId: id(number),
    name,
    column: 'work',
    score: 12,
    maximum: 20,
    status: 'refused',
    attempts: 1,
    problem: 'newer_grade',
    detail: null,
    withdraws: false,
    changedInLms: null,
    publishedAt: '2026-03-09T12:00:00Z',
    arrivedAt: null,
    nextAttemptAt: null,
    canRetry: true,
    ...part,
  })
  const items = [
    refused('Amara', 21, {}),
    refused('Daniel', 22, { withdraws: true, changedInLms: { score: 18, weHadSent: 12 } }),
    refused('Owen', 23, { problem: 'refused_by_lms' }),
    refused('Priya', 24, { problem: 'lms_busy', status: 'given_up', withdraws: true }),
    refused('Quinn', 25, { canRetry: false }),
  ]
  const sums = { arrived: 0, waiting: 0, refused: 4, givenUp: 1, pausedUntil: null }
  const body = { items, next: null, attemptsAtMost: 8, courses: [{ ...course, ...sums }] }
  const call = callTo(async () => Response.json(body))
  show(<DeliveryPart roundId={RoundId.parse(id(9))} />, resources, call)
  await screen.findByRole('rowheader', { name: 'Amara' })
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'Put ours in its place: Amara',
    'Empty it all the same: Daniel',
    'Try again: Owen',
    'Try again: Priya',
  ])
})
