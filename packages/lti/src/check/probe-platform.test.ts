import { expect, it } from 'vitest'
import type { ServicePlatform } from '@copractice/store/connection'
import { probesPlatforms } from './probe-platform.ts'

const ours = new Date('2026-11-22T10:00:00Z')
const platform = {
  issuer: 'https://lms.example',
  jwksUri: 'https://lms.example/jwks',
  confirmedAddresses: [],
} as unknown as ServicePlatform
const clockBy = async (headers: Readonly<Record<string, string>>) => {
  const send = async () => ({ status: 200, text: '{"keys":[]}', header: (name: string) => headers[name] ?? null })
  const deps = { outgoing: { send }, clock: () => ours, publicUrl: 'https://tool.example' }
  return (await probesPlatforms(deps as unknown as Parameters<typeof probesPlatforms>[0]).lmsKeys(platform)).clock
}
const date = 'Sun, 22 Nov 2026 09:59:00 GMT'

it.each([
  [{ date }, '2026-11-22T09:59:00.000Z'],
  [{ date, age: '30' }, '2026-11-22T09:59:30.000Z'],
  [{ date, age: 'old' }, '2026-11-22T09:59:00.000Z'],
])('reads the LMS’s clock from %o', async (headers, theirs) => {
  expect((await clockBy(headers))?.theirs.toISOString()).toBe(theirs)
})

it.each([{}, { date: 'today' }, { date, age: '1e300' }, { date, age: 'Infinity' }])(
  'reads no clock from %o',
  async (headers) => {
    expect(await clockBy(headers as Record<string, string>)).toBeNull()
  },
)
