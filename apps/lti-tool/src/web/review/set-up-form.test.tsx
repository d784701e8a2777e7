// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import type { SessionSeen } from '@copractice/core/directory'
import type { Route } from '@copractice/core/kernel'
import type { RoundSetup } from '@copractice/core/review'
import { LinkProvider, type Call } from '@copractice/ui'
import { callTo, show } from '@copractice/ui/testing'
import { SeenProvider } from '../directory/session-provider.tsx'
import { resources } from '../words.ts'
import { newRoundFields, type RoundFields } from './round-fields.ts'
import { NewRoundPage } from './round-set-up-page.tsx'
import { SetUpForm } from './set-up-form.tsx'

// What jsdom has not, and a field that grows with its text asks for.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)

const levels = [0, 5].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
const rubric = {
  criteria: [{ id: 'c1', title: 'Partner’s voice', description: '', commentRequired: false, levels }],
}
const fields = newRoundFields(rubric, 'America/New_York', new Date('2026-11-17T21:00:00Z'))

function open(
  part: Partial<RoundFields> = {},
  isOpenRound = false,
  others: Record<string, unknown> = {},
  page?: ReactNode,
) {
  const saved: RoundSetup[] = []
  const answers: Record<string, unknown> = { '/api/round-people': { own: [], others: 3 }, ...others }
  const answer = (path: string) => answers[path] ?? { items: [], next: null }
  const said = (async ({ path }: Route) => ({ ok: true, value: answer(path) })) as unknown as Call
  const call = callTo(async (url) => Response.json(answer(url.split('?')[0]!)))
  show(
    page ?? (
      <SetUpForm
        start={{ ...fields, ...part }}
        otherPairs={0}
        isOpenRound={isOpenRound}
        isBusy={false}
        problem={undefined}
        onSave={(setup) => saved.push(setup)}
      />
    ),
    resources,
    page ? said : call,
  )
  return { user: userEvent.setup(), saved }
}
afterEach(cleanup)
afterEach(() => localStorage.clear())

const preview = (name: string) => within(screen.getByRole('complementary', { name }))
const save = () => screen.getByRole('button', { name: 'Save the set-up' })

it('saves a round as most want it with a title alone', async () => {
  const { user, saved } = open()
  await user.type(screen.getByLabelText(/^Title/), 'Plan')
  await user.click(save())
  expect(saved).toMatchObject([
    {
      title: 'Plan',
      workKinds: ['text', 'file'],
      advance: 'by_date',
      latePolicy: { kind: 'closed', graceMinutes: 0 },
      submitFirst: true,
      reviseUntil: null,
      reviewerWeights: { agreement: 60, completeness: 40, helpfulness: 0 },
    },
  ])
})

it('saves once at a double click, and takes no longer title than a round has', async () => {
  const { user, saved } = open({ title: 'Plan' })
  const title = screen.getByLabelText<HTMLInputElement>(/^Title/)
  expect(title.maxLength).toBe(200)
  await user.dblClick(save())
  expect(saved).toHaveLength(1)
})

it('shows what is typed as a learner, a reviewer and the gradebook will see it', async () => {
  const { user } = open({ title: 'Plan', reviewsPerSubmission: '4', workMaximum: '12' })
  const learner = preview('What a learner will see')
  expect(learner.getByText('a text; up to 5 files', { exact: false })).toBeTruthy()
  await user.click(screen.getByRole('checkbox', { name: 'A link to a video' }))
  expect(learner.getByText(/a text; up to 5 files; a link to a video/)).toBeTruthy()
  expect(learner.getByText(/about 4 reviews, if you handed in/)).toBeTruthy()
  const reviewer = preview('What a reviewer will see')
  expect(reviewer.getByText(/You do not see whose work it is/)).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'Everyone sees everyone' }))
  expect(reviewer.getByText(/see each other’s names/)).toBeTruthy()
  expect(preview('The columns in the gradebook').getByText('out of 12 points')).toBeTruthy()
})

it('names what needs another look at its place, and opens the fold it stands in', async () => {
  const { user, saved } = open({ title: 'Plan', agreement: '70', workKinds: [], reviseUntil: '2026-11-18T12:00' })
  await user.click(save())
  expect(saved).toEqual([])
  expect(screen.getByText('3 things need another look.')).toBeTruthy()
  expect(screen.getByText('Choose at least one.')).toBeTruthy()
  expect(screen.getByText('Revisions are due after the reviews are.').closest('details')?.open).toBe(true)
  expect(screen.getByText('Three whole numbers that make 100 together.').closest('details')?.open).toBe(true)
})

it('has the focus where the first thing needs another look, each time it is saved', async () => {
  const { user, saved } = open()
  await user.click(save())
  expect(document.activeElement).toBe(screen.getByLabelText(/^Title/))
  await user.click(save())
  expect(document.activeElement).toBe(screen.getByLabelText(/^Title/))
  expect(saved).toEqual([])
})

it('offers of an open round only what may still change', () => {
  open({ title: 'Plan' }, true)
  expect(screen.queryByText('What may be handed in')).toBeNull()
  expect(screen.queryByRole('group', { name: 'Criterion 1' })).toBeNull()
  expect(screen.getByLabelText('Work is due')).toBeTruthy()
  expect(screen.getByLabelText('Reviews are due')).toBeTruthy()
})

it('says why a rubric of the library could not be taken', async () => {
  const id = '00000000-0000-4000-8000-000000000001'
  const counts = { number: 2, points: 5, rounds: 0, changedAt: '2026-11-17T21:00:00Z', archivedAt: null }
  const kept = { rubricId: id, rubricVersionId: id, title: 'Essays', criteria: ['Voice'], ...counts }
  const { user } = open({}, false, { '/api/rubrics': { items: [kept], next: null } })
  await user.selectOptions(
    screen.getByLabelText('Start from another rubric'),
    await screen.findByRole('option', { name: /Essays/ }),
  )
  await user.click(screen.getByRole('button', { name: 'Use it' }))
  expect(await screen.findByText('This page is older than the server. Reload it to go on.')).toBeTruthy()
})

it('keeps a new round in this browser for its person and cohort until it is saved or begun anew', async () => {
  const roundId = '00000000-0000-4000-8000-000000000009'
  const visit = (personId: string) => {
    const seen = { person: { id: personId }, cohort: { id: 'c', name: 'Spring', timeZone: 'UTC' } }
    const page = (
      <SeenProvider value={seen as unknown as SessionSeen}>
        <LinkProvider navigate={() => undefined}>
          <NewRoundPage />
        </LinkProvider>
      </SeenProvider>
    )
    cleanup()
    open({}, false, { '/api/rounds': { roundId } }, page)
  }
  const title = () => screen.getByLabelText<HTMLInputElement>(/^Title/)
  const anew = () => screen.queryByText('Start over')
  const type = (value: string) => fireEvent.change(title(), { target: { value } })
  visit('ana')
  expect([anew(), localStorage.length]).toEqual([null, 0])
  type('Plan')
  visit('ravi')
  expect(title().value).toBe('')
  visit('ana')
  expect(title().value).toBe('Plan')
  fireEvent.click(anew()!)
  expect([title().value, anew(), localStorage.length]).toEqual(['', null, 0])
  type('Essay')
  expect(localStorage).toHaveLength(1)
  fireEvent.click(screen.getByText('Save the set-up'))
  await waitFor(() => expect(localStorage).toHaveLength(0))
})
