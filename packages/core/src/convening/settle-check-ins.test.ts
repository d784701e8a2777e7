import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settleCheckIns, type CheckInAct } from './settle-check-ins.ts'

const at = (minute: number) => new Date(Date.UTC(2027, 0, 10, 9, minute))
const act = (minute: number, isHere: boolean, byId = 'desk'): CheckInAct => ({
  at: at(minute),
  isHere,
  how: 'list',
  byId,
})

it.each([
  ['made', [act(0, true)], 0],
  ['made twice: the first moment stands', [act(5, true), act(0, true)], 0],
  ['undone after it was made', [act(0, true), act(5, false)], null],
  ['undone before it was made, and sent after', [act(5, true), act(0, false)], 5],
  ['made, undone and made again', [act(0, true), act(9, true), act(5, false)], 9],
  ['made and undone in the same millisecond', [act(0, false), act(0, true)], null],
  ['only undone', [act(0, false)], null],
] as const)('a check-in %s', (_title, acts, minute) => {
  expect(settleCheckIns(acts)?.at ?? null).toEqual(minute === null ? null : at(minute))
})

const anAct = fc.record({
  at: fc.integer({ min: 0, max: 6 }).map(at),
  isHere: fc.boolean(),
  how: fc.constantFrom('qr' as const, 'list' as const),
  byId: fc.constantFrom('a', 'b', null),
})
const shuffled = fc
  .array(anAct, { minLength: 1, maxLength: 12 })
  .chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length })))

it('comes out the same in whatever order the desks were heard, and however often', () => {
  fc.assert(
    fc.property(shuffled, ([acts, other]) => {
      expect(settleCheckIns([...other, ...other])).toEqual(settleCheckIns(acts))
    }),
  )
})

it('is what the last act says', () => {
  fc.assert(
    fc.property(shuffled, ([acts]) => {
      const last = Math.max(...acts.map((one) => +one.at))
      const final = acts.filter((one) => +one.at === last)
      expect(settleCheckIns(acts) !== null).toBe(final.every(({ isHere }) => isHere))
    }),
  )
})
