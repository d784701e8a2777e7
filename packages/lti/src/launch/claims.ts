import * as z from 'zod'

const CLAIM = 'https://purl.imsglobal.org/spec/lti/claim/'
export const CLAIMS = {
  version: `${CLAIM}version`,
  messageType: `${CLAIM}message_type`,
  deploymentId: `${CLAIM}deployment_id`,
  targetLinkUri: `${CLAIM}target_link_uri`,
  roles: `${CLAIM}roles`,
  context: `${CLAIM}context`,
  resourceLink: `${CLAIM}resource_link`,
  custom: `${CLAIM}custom`,
  forUser: `${CLAIM}for_user`,
  mentees: `${CLAIM}role_scope_mentor`,
  presentation: `${CLAIM}launch_presentation`,
  ags: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  deepLinking: 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings',
  nrps: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
} as const

/** Text as a database can hold it: without the zero character, and well-formed, so that no two become one. */
export const isText = (value: string) => !value.includes('\0') && value.isWellFormed()
const Text = z.string().refine(isText)
/** Ids are opaque, case-sensitive and at most 255 characters (LTI Core, 5.3). */
const Id = Text.min(1).max(255)
const WebAddress = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine(isText)

/** Control characters, and marks that turn the direction of what follows; joiners stay, some scripts need them. */
const unprintable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu
/** Words for people: shortened, without unprintable characters, null when nothing is left. Never a reason to refuse. */
const words = (length: number) =>
  z
    .unknown()
    .optional()
    .transform(
      (value) => (typeof value === 'string' ? value.replace(unprintable, ' ').trim().slice(0, length) : '') || null,
    )

/** What is optional and malformed counts as absent: platforms send odd things, and a launch should not fail for them. */
const lenient = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null)

/** What a message must say whatever its type (LTI Core, 5.3; OpenID Connect Core, 3.1.3.7). */
export const EveryMessage = z.object({
  sub: Text.max(255).optional(),
  name: words(200),
  given_name: words(100),
  family_name: words(100),
  email: lenient(z.email().max(254)),
  locale: words(35),
  [CLAIMS.deploymentId]: Id,
  [CLAIMS.targetLinkUri]: Text.min(1).max(4000),
  [CLAIMS.roles]: z.array(Text.max(500)).max(200),
  [CLAIMS.context]: z.object({ id: Id, title: words(300), label: words(300) }).nullish(),
  [CLAIMS.custom]: lenient(z.record(z.string(), z.unknown())),
  [CLAIMS.presentation]: lenient(z.object({ return_url: lenient(WebAddress), locale: words(35) })),
  [CLAIMS.ags]: lenient(
    z.object({
      scope: lenient(z.array(Text.max(300)).max(50)),
      lineitems: lenient(WebAddress),
      lineitem: lenient(WebAddress),
    }),
  ),
  [CLAIMS.mentees]: lenient(z.array(Id).max(200)),
  [CLAIMS.nrps]: lenient(z.object({ context_memberships_url: WebAddress })),
})

/** No part of this message: whatever a platform sends there is not looked at. */
const absent = z
  .unknown()
  .optional()
  .transform(() => null)

const ResourceLink = z.object({ id: Id, title: words(300) })

/** LTI Deep Linking 2.0, 3.4.1. The address carries the LMS's own state in its query, which may be long. */
const DeepLinking = z.object({
  deep_link_return_url: z
    .url({ protocol: /^https?$/ })
    .max(8000)
    .refine(isText),
  accept_types: z.array(Text.max(100)).max(50),
  accept_multiple: lenient(z.boolean()),
  accept_lineitem: lenient(z.boolean()),
  data: Text.max(20_000).nullish(),
})

export const MESSAGES = {
  LtiResourceLinkRequest: EveryMessage.extend({
    [CLAIMS.resourceLink]: ResourceLink,
    [CLAIMS.forUser]: lenient(z.object({ user_id: Id })),
    [CLAIMS.deepLinking]: absent,
  }),
  /** A column that belongs to no link has none to name. */
  LtiSubmissionReviewRequest: EveryMessage.extend({
    [CLAIMS.resourceLink]: lenient(ResourceLink),
    [CLAIMS.forUser]: z.object({ user_id: Id }),
    [CLAIMS.deepLinking]: absent,
  }),
  LtiDeepLinkingRequest: EveryMessage.extend({
    [CLAIMS.resourceLink]: absent,
    [CLAIMS.forUser]: absent,
    [CLAIMS.deepLinking]: DeepLinking,
  }),
} as const
export type MessageType = keyof typeof MESSAGES
export type Message = z.output<(typeof MESSAGES)[MessageType]>
export const isMessageType = (value: unknown): value is MessageType =>
  typeof value === 'string' && Object.hasOwn(MESSAGES, value)

/** Text by name; what a database cannot hold is left out. A platform leaves variables that it does not know as they are: those say nothing. */
export function customParameters(custom: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  const texts = Object.entries(custom ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' && isText(name + value) && !/^\$[A-Za-z][\w.]*$/.test(value)
      ? [[name.slice(0, 200), value.slice(0, 4000)] as const]
      : [],
  )
  return Object.fromEntries(texts.slice(0, 100))
}
