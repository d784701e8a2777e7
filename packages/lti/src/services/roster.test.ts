import type { ProviderClass } from 'ltijs'
import { expect, it } from 'vitest'
import type { ServicePlatform } from '@copractice/store/connection'
import { readRosterPage } from './roster.ts'

const url = 'https://lms.example/members'
const platform = { issuer: 'https://lms.example', clientId: 'c', profile: 'other' } as ServicePlatform
const pageOf = (...members: object[]) => {
  const engine = { NamesAndRoles: { getMembers: async () => ({ members }) } } as unknown as ProviderClass
  return readRosterPage((run) => run(engine), platform, url, null)
}

it('keeps of names and addresses what a database can hold', async () => {
  const { members } = await pageOf({
    user_id: '7',
    roles: [],
    name: 'A\0 \ud83d',
    given_name: '\0',
    email: 'a@x\udc00',
  })
  expect(members).toMatchObject([{ userId: '7', name: 'A  \ufffd', givenName: null, email: 'a@x\ufffd' }])
})

it.each(['a\0', 'a\ud800'])(
  'cannot read a roster that names somebody %j: two of them would be one',
  async (user_id) => {
    await expect(pageOf({ user_id, roles: [] })).rejects.toMatchObject({ trouble: { code: 'lms.answer_unreadable' } })
  },
)
