import { createConvening, setRegistration, showConvening } from '@copractice/core/convening'
import type { StartedAdmin } from './start-admin.ts'

const HOUR = 3_600_000

/** What somebody fills in: a gathering of seven hours, thirty days after the seeded network's now, but for `change`. */
export const conveningDetails = ({ seeded }: StartedAdmin, change: Record<string, unknown> = {}) => ({
  regionId: seeded.regionId,
  name: 'Spring gathering',
  description: '',
  timeZone: 'America/New_York',
  startsAt: new Date(+seeded.now + 30 * 24 * HOUR),
  endsAt: new Date(+seeded.now + 30 * 24 * HOUR + 7 * HOUR),
  registrationClosesAt: new Date(+seeded.now + 28 * 24 * HOUR),
  place: 'Hillside Hall',
  joinUrl: 'https://meet.example/whole',
  capacity: 4,
  ...change,
})

/** Makes it and opens it to registration; `slug` is its public address. */
export async function openConvening(
  by: Awaited<ReturnType<StartedAdmin['signedIn']>>,
  body: ReturnType<typeof conveningDetails>,
) {
  const { value } = await by.call(createConvening, { body })
  const params = { conveningId: value.id }
  await by.call(setRegistration, { params, body: { status: 'open' } })
  const { slug } = (await by.call(showConvening, { params })).value
  return { params, slug }
}
