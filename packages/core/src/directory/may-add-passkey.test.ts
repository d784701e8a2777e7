import { expect, it } from 'vitest'
import { mayAddPasskey } from './may-add-passkey.ts'

it('takes the twentieth passkey of an address and refuses the next', () => {
  expect(mayAddPasskey(19)).toEqual({ ok: true, value: null })
  expect(mayAddPasskey(20)).toEqual({ ok: false, refusal: { code: 'passkey.too_many', facts: { atMost: 20 } } })
})
