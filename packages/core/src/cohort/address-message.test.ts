import { expect, it } from 'vitest'
import { addressMessage } from './address-message.ts'

const person = (personId: string, email: string | null, isTest = false) => ({ personId, name: personId, email, isTest })

it('writes once to a person and once to an address, whatever its case', () => {
  const found = [
    person('a', 'A@x.example'),
    person('a', 'A@x.example'),
    person('b', 'a@X.example'),
    person('c', 'c@x.example'),
  ]
  expect(addressMessage(found).to.map(({ personId }) => personId)).toEqual(['a', 'c'])
})

it('names those without an address, and never writes to a test person', () => {
  const { to, withoutAddress } = addressMessage([
    person('a', null),
    person('b', ' '),
    person('t', 't@x.example', true),
    person('u', null, true),
  ])
  expect(to).toEqual([])
  expect(withoutAddress.map(({ personId }) => personId)).toEqual(['a', 'b'])
})
