import { expect, it } from 'vitest'
import { poolAccess } from './open-pool.ts'

const author = { isAuthor: true, ofRegion: false, answerHelp: false }
const coordinator = { isAuthor: false, ofRegion: true, answerHelp: true }
const support = { isAuthor: false, ofRegion: true, answerHelp: false }
const nobody = { isAuthor: false, ofRegion: false, answerHelp: false }
const sent = { status: 'submitted', facilitation: 'pair_us', isPoolOpen: false } as const

it('keeps the pool from those who write a proposal until a coordinator opens it, and opens it to them alone', () => {
  expect(poolAccess(author, sent)).toEqual({ asks: true, readPool: false, openPool: false })
  const open = { ...sent, isPoolOpen: true }
  expect(poolAccess(author, open)).toEqual({ asks: true, readPool: true, openPool: false })
  expect(poolAccess(nobody, open).readPool).toBe(false)
})

it('is read by coordinators and support before, and opened by coordinators alone', () => {
  expect(poolAccess(coordinator, sent)).toEqual({ asks: true, readPool: true, openPool: true })
  expect(poolAccess(support, sent)).toEqual({ asks: true, readPool: true, openPool: false })
  expect(poolAccess({ ...author, answerHelp: true }, sent).readPool).toBe(true)
})

it.each([
  { ...sent, status: 'draft' },
  { ...sent, status: 'withdrawn' },
  { ...sent, status: 'declined' },
  { ...sent, facilitation: 'own' },
] as const)('is nobody’s for a proposal that does not ask: $status, $facilitation', (proposal) => {
  const open = { ...proposal, isPoolOpen: true }
  for (const access of [author, coordinator])
    expect(poolAccess(access, open)).toEqual({ asks: false, readPool: false, openPool: false })
})
