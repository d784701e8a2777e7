// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { MeProvider, type Here } from '../directory/signed-in.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { Seats } from './seats.tsx'

afterEach(cleanup)

const id = '00000000-0000-4000-8000-000000000001'
const links = { succeeds: null, succeededBy: [], nestedIn: null, nested: [] }
const life = { status: 'open', closedAt: null, alumni: 'open', closing: [], links, asked: [] }
const ask = { personId: id, name: null, kind: 'participant', hasAddress: true }

function open(answers: readonly (string | null)[]) {
  const call = callTo(async () => Response.json({ ...life, asked: answers.map((answer) => ({ ...ask, answer })) }))
  const cohort = { id, seatList: [], seats: { capacity: 15, taken: 0, waitlisted: 0 } } as unknown as CohortShown
  show(
    <MeProvider value={{ isReadOnly: true } as unknown as Here}>
      <Seats cohort={cohort} />
    </MeProvider>,
    resources,
    call,
  )
}

it('a cohort that nobody is seated in says who is asked and has not answered', async () => {
  open([null, null, 'no'])
  expect(await screen.findByText('2 people are asked')).toBeTruthy()
  expect(screen.queryByText('Nobody is seated yet')).toBeNull()
  cleanup()
  open(['no'])
  expect(await screen.findByText('Nobody is seated yet')).toBeTruthy()
})
