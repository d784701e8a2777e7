import { createCall, setCallStatus } from '@copractice/core/proposal'
import type { Browser, StartedAdmin } from './start-admin.ts'

const DAY = 86_400_000

/** An open call of the seeded network's region for its credential `partnerships`, a month before it closes. */
export async function openCall({ db, seeded }: StartedAdmin, by: Browser) {
  const { networkId: network_id, regionId, now } = seeded
  const credential = 'partnerships'
  const named = { slug: credential, name: 'Community Partnerships', created_at: now }
  await db
    .insertInto('micro_credential')
    .values({ network_id, ...named })
    .execute()
  const body = {
    title: 'Spring call',
    about: 'Host a community.',
    opensAt: new Date(+now - DAY),
    closesAt: new Date(+now + 30 * DAY),
    credential,
    enrolmentDeadline: '2027-05-07',
    regionId,
  }
  const callId = (await by.call(createCall, { body })).value.id
  await by.call(setCallStatus, { params: { callId }, body: { status: 'open' } })
  return { callId, credential }
}

/** The public form to start a community for a call, as Gwen Barlow fills it in. */
export const startForm =
  ({ seeded }: StartedAdmin, callId: string) =>
  (email: string, title: string, institutionId: string) => ({
    network: seeded.slug,
    callId,
    name: 'Gwen Barlow',
    email,
    institutionId,
    affiliation: 'staff',
    title,
    domain: 'Who eats on campus, and who decides.',
  })
