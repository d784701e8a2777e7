import type { CourseStanding, PlacingTakes } from '@copractice/core/connection'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'

/** A launch that passed every check: signed by a platform we know, for this browser, now. Nothing in it is raw. */
export type VerifiedLaunch = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  platformId: PlatformId
  profile: 'canvas' | 'moodle' | 'other'
  issuer: string
  clientId: string
  deploymentId: string
  messageType: 'LtiResourceLinkRequest' | 'LtiSubmissionReviewRequest' | 'LtiDeepLinkingRequest'
  /** Unique within issuer and client only. Of an anonymous message: made up, and never to come again. */
  sub: string
  /** It did not say who: an instructor who places links, or a visitor, of whom nothing else is known either. */
  isAnonymous: boolean
  name: string | null
  givenName: string | null
  familyName: string | null
  email: string | null
  /** BCP 47, as the LMS shows its own pages. */
  locale: string | null
  /** IANA name, where the platform fills the custom parameter `time_zone`. */
  timeZone: string | null
  /** Role names as they came. */
  roles: readonly string[]
  standing: CourseStanding
  /** Of an observer: the LMS user ids of the learners they mentor. */
  mentees: readonly string[]
  /** Sections or groups of the course the person is in; null: the LMS did not say. */
  sections: readonly string[] | null
  context: Readonly<{ id: string; title: string | null; label: string | null }> | null
  resourceLink: Readonly<{ id: string; title: string | null }> | null
  ags: Readonly<{ lineItemsUrl: string | null; lineItemUrl: string | null; scopes: readonly string[] }> | null
  nrps: Readonly<{ membershipsUrl: string }> | null
  /** Without those that the platform left as literal `$Variables`. */
  custom: Readonly<Record<string, string>>
  targetLinkUri: string
  /** Of a submission review: whose work is to be opened. */
  forUserId: string | null
  /** Of a deep linking request: what the LMS takes, and where the answer is posted. */
  deepLinking: DeepLinkingAsked | null
  /** Where the LMS wants people sent back to. */
  returnUrl: string | null
}>

export type DeepLinkingAsked = Readonly<{
  /** On the platform itself. */
  returnUrl: string
  takes: PlacingTakes
  /** Given back as it came. */
  data: string | null
}>
