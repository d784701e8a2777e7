import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

const PASSKEYS_AT_MOST = 20

/** Whether one more passkey fits beside those that an address `held` has. Facts: `{ atMost }`. */
export function mayAddPasskey(held: number): Result<null, Refusal<'passkey.too_many', { atMost: number }>> {
  return held < PASSKEYS_AT_MOST ? ok(null) : refuse('passkey.too_many', { atMost: PASSKEYS_AT_MOST })
}
