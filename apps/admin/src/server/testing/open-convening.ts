import * as contract from '@copractice/core/convening'
import type { Browser, StartedAdmin } from './start-admin.ts'

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
export async function openConvening(by: Browser, body: ReturnType<typeof conveningDetails>) {
  const { value } = await by.call(contract.createConvening, { body })
  const params = { conveningId: value.id }
  await by.call(contract.setRegistration, { params, body: { status: 'open' } })
  const { slug } = (await by.call(contract.showConvening, { params })).value
  return { params, slug }
}

/** When a day of sessions begins, and so many hours after that. */
const DAY_STARTS = new Date('2027-02-12T15:00:00Z')
export const afterStart = (hours: number) => new Date(+DAY_STARTS + hours * HOUR)

/** A session of the day's first hour with one place, but for `change`. */
export const sessionPlan = (change: Record<string, unknown> = {}) => ({
  title: 'Stories',
  track: '',
  kind: 'session',
  startsAt: DAY_STARTS,
  endsAt: afterStart(1),
  place: 'Room 1',
  joinUrl: 'https://meet.example/stories',
  capacity: 1,
  speakers: '',
  description: '',
  functions: [],
  ...change,
})

/** A convening of seven hours on that day, and what is done at it: by `cora`, by who signs up with an address, by who holds its badge. */
export function conveningDay(admin: StartedAdmin, cora: Browser) {
  const details = (change: Record<string, unknown> = {}) =>
    conveningDetails(admin, {
      startsAt: DAY_STARTS,
      endsAt: afterStart(7),
      registrationClosesAt: afterStart(-24),
      ...change,
    })
  const opened = (change?: Record<string, unknown>) => openConvening(cora, details(change))
  const add = async (params: { conveningId: string }, change: Record<string, unknown> = {}) =>
    (await cora.call(contract.addSession, { params, body: sessionPlan(change) })).value.id
  const signUp = (slug: string, email: string, change: Record<string, unknown> = {}) => {
    const institutionId = admin.seeded.institutions.riverside
    const said = { name: email.split('@')[0], email, institutionId, affiliation: 'staff', interests: '' }
    return admin.browser().call(contract.register, { params: { slug }, body: { ...said, ...change } })
  }
  const badgeOf = async (email: string) => {
    const [, slug, key] = /\/b\/([^/\s]+)\/([0-9a-f]{64})/.exec((await admin.lastMail(email))!.body_text)!
    return { slug: slug!, key: key! }
  }
  const badge = async (email: string) =>
    (await admin.browser().call(contract.showBadge, { params: await badgeOf(email) })).value
  return { details, opened, add, signUp, badgeOf, badge }
}
