import type { ProviderClass } from 'ltijs'
import * as z from 'zod'
import type { ServicePlatform } from '@copractice/store/connection'
import type { RosterMember } from './port.ts'
import { ServiceFailure, unreadable } from './trouble.ts'

const text = z.string().max(500).nullish().catch(null)
const Member = z
  .object({
    user_id: z.coerce.string().min(1).max(255),
    status: z.string().nullish().catch(null),
    roles: z.array(z.string()),
    name: text,
    given_name: text,
    family_name: text,
    email: text,
  })
  .transform((member): RosterMember => ({
    userId: member.user_id,
    status: STATUS[(member.status ?? 'active').toLowerCase()] ?? 'active',
    roles: member.roles,
    name: member.name?.trim() || null,
    givenName: member.given_name?.trim() || null,
    familyName: member.family_name?.trim() || null,
    email: member.email?.trim() || null,
  }))
const STATUS: Readonly<Record<string, RosterMember['status']>> = {
  active: 'active',
  inactive: 'inactive',
  deleted: 'deleted',
}

/** Canvas gives at most 50 a page. Moodle gives all at once unless a limit is sent: a course of thousands would time out. */
const PAGE_SIZE = { canvas: 50, moodle: 200, other: 100 } as const
const MOST_PAGES = 2000

/**
 * The people of a course, page by page. Asks for no role, because Moodle's next page forgets it. `read` does one call to
 * the LMS and throws `ServiceFailure`.
 */
export async function* listMembers(
  read: <T>(call: (engine: ProviderClass) => Promise<T>) => Promise<T>,
  platform: ServicePlatform,
  membershipsUrl: string,
): AsyncGenerator<readonly RosterMember[]> {
  const { issuer: iss, clientId, profile } = platform
  const launched = { iss, clientId, platformContext: { namesRoles: { context_memberships_url: membershipsUrl } } }
  const first = new URL(membershipsUrl)
  first.searchParams.set('limit', String(PAGE_SIZE[profile]))
  const seen = new Set<string>()
  let url: string | undefined = first.href
  for (let page = 0; url !== undefined && page < MOST_PAGES; page++) {
    const asked: string = url
    const answer = await read((engine) => engine.NamesAndRoles.getMembers(launched, { url: asked, pages: 1 }))
    const members = z.array(Member).safeParse(answer.members)
    if (!members.success) throw new ServiceFailure(unreadable())
    yield members.data
    seen.add(asked)
    const { next } = answer
    // A next page elsewhere would be sent our access token; one that was read already would never end.
    const goesOn = next !== undefined && URL.canParse(next) && new URL(next).origin === first.origin && !seen.has(next)
    url = goesOn ? next : undefined
  }
}
