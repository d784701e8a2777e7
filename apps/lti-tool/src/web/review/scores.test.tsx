// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import type { RoundDetail } from '@copractice/core/review'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { MyGrade } from './my-grade.tsx'
import { ReopenRound } from './reopen-round.tsx'
import { ReviewsRead } from './review-read.tsx'
import { ScoresPart } from './scores-part.tsx'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const campus = { id: id(50), name: 'Riverside State', letter: 'R', colour: 1 }
const levels = [0, 5, 10].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
const rubric = { criteria: [{ id: 'voice', title: 'Voice', description: '', levels, commentRequired: false }] }
const round = {
  roundId: id(9),
  phase: 'closed',
  workMaximum: 20,
  reviewingMaximum: 10,
  timeZone: 'UTC',
  rubric,
  myWork: { status: 'handed_in' },
  myReviews: [],
} as unknown as RoundDetail

const marks = [50, 100].map((percent, place) => ({
  reviewer: { kind: 'numbered', key: `x ${place}`, campus, number: place + 1 },
  number: place + 1,
  percent,
  points: percent / 10,
  of: 10,
  criteria: [{ criterionId: 'voice', points: percent / 10, of: 10, weight: 1 }],
}))
const work = {
  points: 12,
  percent: 75,
  mean: 75,
  marks,
  spread: 50,
  missing: 0,
  interval: { low: 60, high: 90 },
  check: null,
  model: null,
  flag: 'split',
  late: 20,
  lateMinutes: 1500,
  grade: 12,
  sent: 'arrived',
}
const part = { given: 80, othersMean: 60, check: null, agreement: 0.8, helpful: null, share: 0.88, basis: 'agreement' }
const learner = {
  person: { personId: id(11), name: 'Ana Okonjo', campus },
  courseIds: [id(1)],
  handedIn: true,
  work,
  reviewing: {
    points: 8.8,
    percent: 88,
    assigned: 1,
    filed: 1,
    parts: [{ ...part, author: null }],
    grade: 8.8,
    sent: 'no',
  },
  overrides: [],
  appeals: [],
  openFlags: 0,
}
const weights = { agreement: 60, completeness: 40, helpfulness: 0 }
const scores = {
  workMaximum: 20,
  reviewingMaximum: 10,
  rubric,
  final: true,
  scoring: {
    chosen: 'mean',
    inForce: 'mean',
    offered: false,
    because: [],
    largestMove: null,
    weights,
    comment: { include: [], own: '' },
    fixed: false,
  },
  agreement: { icc1: 0.4, icc1k: 0.8, alpha: null, works: 4, marks: 8 },
  courses: [{ courseId: id(1), title: 'CEP 610', institution: 'Riverside State', learners: 1, release: null }],
  counts: { all: 1, look: 1, flagged: 0, appealed: 0, overridden: 0, changed: 0, late: 1, missing: 0 },
  learners: [learner],
  found: 1,
  pages: 1,
}

function open(page: ReactNode, answer: object) {
  const sent: { path: string; body: unknown }[] = []
  const call = callTo(async (url, init) => {
    const isSent = init.method !== 'GET'
    if (isSent) sent.push({ path: new URL(url, 'http://x').pathname, body: JSON.parse(init.body as string) })
    const body = isSent ? { overrideId: id(70), appealId: id(71) } : answer
    return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } })
  })
  show(page, resources, call)
  return { user: userEvent.setup(), sent }
}
afterEach(cleanup)
// jsdom lays nothing out, and has no such thing.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

it('shows every number of the plot beside it, and offers no model without grounds', async () => {
  open(<ScoresPart round={round} />, scores)
  const row = (await screen.findByRole('rowheader', { name: /Ana Okonjo/ })).closest('tr')!
  expect(within(row).getByRole('img').getAttribute('aria-label')).toContain('10, 20')
  expect(within(row).getByText('10, 20')).toBeTruthy()
  expect(within(row).getByText('12 to 18')).toBeTruthy()
  expect(within(row).getByText('Split: 10 points apart')).toBeTruthy()
  expect(within(row).getByText('Late: 20 % off')).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Rater model/ }).disabled).toBe(true)
})

it.each([
  [0, 'It would move none of your learners.'],
  [1.5, 'It would move none of your learners by more than 1.5 points.'],
])('says how far the rater model would move anybody at most: %s', async (largestMove, sentence) => {
  const scoring = { ...scores.scoring, offered: true, because: ['checks'], largestMove }
  open(<ScoresPart round={round} />, { ...scores, scoring })
  const model = await screen.findByRole('radio', { name: /Rater model/ })
  expect(model.closest('label')!.textContent.trim().endsWith(sentence)).toBe(true)
})

it('sets a score with a reason, and not without one', async () => {
  const { user, sent } = open(<ScoresPart round={round} />, scores)
  await user.click(await screen.findByRole('button', { name: /Look closer/ }))
  const look = screen.getByRole('region', { name: 'Ana Okonjo: scores' })
  expect(within(look).getByText('Mean: (50 + 100) / 2 = 75 %.')).toBeTruthy()
  expect(within(look).getByText('Handed in late: 20 % is taken off, which leaves 12.')).toBeTruthy()
  await user.click(within(look).getByText('Set a score by hand'))
  await user.type(within(look).getByLabelText(/Points, 0 to 20/), '16.5')
  await user.click(within(look).getByRole('button', { name: 'Set the score' }))
  expect(sent).toEqual([])
  await user.type(within(look).getByLabelText(/Reason/), 'The annex')
  await user.click(within(look).getByRole('button', { name: 'Set the score' }))
  expect(sent).toEqual([
    {
      path: `/api/rounds/${id(9)}/overrides`,
      body: { personId: id(11), column: 'work', points: 16.5, reason: 'The annex' },
    },
  ])
})

it('tells a learner how both grades came about, and takes their wish for another look', async () => {
  const released = {
    releasedAt: '2026-03-01T12:00:00Z',
    appealsUntil: '2999-03-01T12:00:00Z',
    workMaximum: 20,
    reviewingMaximum: 10,
    rubric,
    work: { ...work, method: 'mean', override: null },
    reviewing: { grade: 8.8, points: 8.8, weights, override: null, parts: [{ ...part, number: 1, distance: 20 }] },
    appeals: [],
  }
  const { user, sent } = open(<MyGrade round={round} />, { released })
  expect(await screen.findByText('12 of 20')).toBeTruthy()
  expect(
    screen.getByText(/80 %, 20 points from the mean of the other reviews\. \(40 × 1 \+ 60 × 0\.8\) \/ 100 = 88 %/),
  ).toBeTruthy()
  await user.click(screen.getAllByRole('button', { name: /Ask for another look/ })[0]!)
  await user.type(screen.getByLabelText(/Your reason/), 'Page 2')
  await user.click(screen.getByRole('button', { name: 'Send' }))
  expect(sent).toEqual([{ path: `/api/rounds/${id(9)}/appeals`, body: { column: 'work', reason: 'Page 2' } }])
})

it.each([
  ['Show learners their grades', null],
  [
    'Show the grades anew',
    {
      releasedAt: '2026-03-01T12:00:00Z',
      appealsUntil: '2026-03-08T12:00:00Z',
      changes: { fingerprint: 'f', learners: 1, grades: 0, shown: [] },
    },
  ],
])('says at an emptied date that it is needed: %s', async (button, release) => {
  const { user, sent } = open(<ScoresPart round={round} />, {
    ...scores,
    courses: [{ ...scores.courses[0], release }],
  })
  await user.click(await screen.findByRole('button', { name: button }))
  const asked = within(await screen.findByRole('dialog'))
  // The dialog takes the focus when it opens, a moment later.
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
  const until = asked.getByLabelText('They can ask for another look until')
  fireEvent.change(until, { target: { value: '' } })
  await user.click(asked.getByRole('button', { name: button }))
  expect(asked.getByText('Fill this in.')).toBeTruthy()
  expect(document.activeElement).toBe(until)
  expect(sent).toEqual([])
  fireEvent.change(until, { target: { value: '2999-03-08T12:00' } })
  await user.click(asked.getByRole('button', { name: button }))
  expect(sent).toHaveLength(1)
})

it('opens the reviewing again until the date it names, not until another where that was emptied', async () => {
  const closed = { ...round, reviewUntil: new Date('2999-01-01T12:00:00Z') }
  const { user, sent } = open(<ReopenRound round={closed} />, {})
  await user.click(screen.getByRole('button', { name: 'Open the reviewing again' }))
  const asked = within(await screen.findByRole('dialog'))
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
  fireEvent.change(asked.getByLabelText('New last day for the reviews'), { target: { value: '' } })
  await user.click(asked.getByRole('button', { name: 'Open the reviewing again' }))
  expect(asked.getByText('Fill this in.')).toBeTruthy()
  expect(sent).toEqual([])
  // Opened anew, it begins anew.
  await user.click(asked.getByRole('button', { name: 'Not now' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Open the reviewing again' }))
  const anew = within(await screen.findByRole('dialog'))
  expect(anew.queryByText('Fill this in.')).toBeNull()
  expect(anew.getByLabelText<HTMLInputElement>('New last day for the reviews').value).toBe('2999-01-01T12:00')
})

it('writes what the reviews come to as the grade itself is written', () => {
  open(<ReviewsRead reviews={[]} rubric={rubric} mean={50 / 3} workMaximum={20} />, {})
  expect(screen.getByText('The reviews come to 16.67 of 20 points.')).toBeTruthy()
})
