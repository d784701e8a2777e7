import { expect, it } from 'vitest'
import { InstitutionId, PersonId } from '../kernel/ids.ts'
import { seenOnProposal, withoutUnopened } from './open-authors.ts'
import { emptyBody } from './proposal-body.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [gwen, imani, paired] = [11, 12, 13].map((n) => PersonId.parse(uuid(n))) as [PersonId, PersonId, PersonId]
const campus = { id: InstitutionId.parse(uuid(1)), name: 'Riverside', letter: 'R', colour: 1 }
const typed = { name: 'I. from the garden', email: 'imani@garden.example' }
const began = { id: gwen, isOpened: true, typed: { name: null, email: null } }
const invited = { id: imani, isOpened: false, typed }
const body = { ...emptyBody('UTC'), chairs: [gwen, imani], facilitators: [imani, paired] }

it('judges a proposal as if an invited author who has not opened it were not there', () => {
  const judged = withoutUnopened(body, [began, invited])
  expect([judged.chairs, judged.facilitators]).toEqual([[gwen], [paired]])
})

it('judges everybody once they have opened it, and those who were paired with it', () => {
  expect(withoutUnopened(body, [began, { ...invited, isOpened: true }])).toEqual(body)
})

it('shows an invited author as typed until they open it, whatever is kept about them', () => {
  const kept = { id: imani, name: 'Imani Stone', pronouns: 'she/her', email: 'stone@riverside.example', campus }
  expect(seenOnProposal([kept], [began, invited])).toEqual([
    { id: imani, ...typed, pronouns: null, campus: null, isAuthor: true, isOpened: false },
  ])
  expect(seenOnProposal([kept], [{ ...invited, isOpened: true }])).toEqual([
    { ...kept, isAuthor: true, isOpened: true },
  ])
  expect(seenOnProposal([kept], [])).toEqual([{ ...kept, isAuthor: false, isOpened: true }])
})
