import type { ProviderClass } from 'ltijs'
import * as z from 'zod'
import type { ServicePlatform } from '@copractice/store/connection'
import { isText } from '../launch/claims.ts'
import type { RosterMember, RosterPage } from './port.ts'
import { ServiceFailure, unreadable } from './trouble.ts'

/** Control characters and halves of others are no part of a name, and the database takes none of them. */
const text = z
  .string()
  .max(500)
  .transform((value) => value.replace(/\p{Cc}/gu, ' ').toWellFormed())
  .nullish()
  .catch(null)
const Member = z
  .object({
    user_id: z.coerce.string().min(1).max(255).refine(isText),
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

/** Does one call to the LMS and throws `ServiceFailure`. */
type Read = <T>(call: (engine: ProviderClass) => Promise<T>) => Promise<T>

/**
 * One page of a course's people. Asks for no role, because Moodle's next page forgets it. A page that leads elsewhere, or
 * to itself, is refused rather than taken for the last: who stands on the pages behind it would seem to have left.
 */
export async function readRosterPage(
  read: Read,
  platform: ServicePlatform,
  membershipsUrl: string,
  from: string | null,
): Promise<RosterPage> {
  const { issuer: iss, clientId, profile } = platform
  const launched = { iss, clientId, platformContext: { namesRoles: { context_memberships_url: membershipsUrl } } }
  const url = new URL(from ?? membershipsUrl)
  if (from === null) url.searchParams.set('limit', String(PAGE_SIZE[profile]))
  const { origin } = new URL(membershipsUrl)
  // A page elsewhere would be sent our access token.
  const isTheirs = (link: string) => URL.canParse(link) && new URL(link).origin === origin
  if (!isTheirs(url.href)) throw new ServiceFailure(unreadable())
  const answer = await read((engine) => engine.NamesAndRoles.getMembers(launched, { url: url.href, pages: 1 }))
  const members = z.array(Member).safeParse(answer?.members)
  const { next, differences } = answer ?? {}
  if (!members.success || (next && (!isTheirs(next) || next === url.href))) throw new ServiceFailure(unreadable())
  return {
    members: members.data,
    next: next || null,
    differences: differences && isTheirs(differences) ? differences : null,
  }
}

/** The people of a course, page by page. */
export async function* listMembers(
  read: Read,
  platform: ServicePlatform,
  membershipsUrl: string,
): AsyncGenerator<readonly RosterMember[]> {
  let from: string | null = null
  for (let count = 0; count < MOST_PAGES; count++) {
    const page: RosterPage = await readRosterPage(read, platform, membershipsUrl, from)
    yield page.members
    if (page.next === null) return
    from = page.next
  }
  throw new ServiceFailure(unreadable())
}
