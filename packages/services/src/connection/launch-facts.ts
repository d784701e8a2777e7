import { sitesOf, type VerifiedLaunch } from '@copractice/lti'
import type { LaunchFacts } from '@copractice/store/connection'

/** What a launch tells of the person, in the shape of our rows. */
export function personOf(launch: VerifiedLaunch): Omit<LaunchFacts, 'course' | 'link'> {
  const { networkId, institutionId, platformId, issuer, clientId, deploymentId, sub, email, timeZone, standing } =
    launch
  const composed = [launch.givenName, launch.familyName].filter(Boolean).join(' ')
  return {
    networkId,
    institutionId,
    platformId,
    issuer,
    clientId,
    deploymentId,
    sub,
    email,
    timeZone,
    name: launch.name ?? (composed || null),
    isTest: standing.isTest,
    role: standing.role,
    sections: launch.sections,
    // Who is no observer mentors nobody, whatever the claim says.
    observes: standing.role === 'observer' ? launch.mentees : [],
  }
}

/** And of the course; null outside any. */
export function courseOf({ context, ags, nrps }: VerifiedLaunch): LaunchFacts['course'] | null {
  if (!context) return null
  return {
    contextId: context.id,
    title: context.title,
    label: context.label,
    lineItemsUrl: ags?.lineItemsUrl ?? null,
    membershipsUrl: nrps?.membershipsUrl ?? null,
    agsScopes: ags?.scopes ?? null,
  }
}

/** Where the LMS's services and pages are, as this launch says: a school on a shared issuer answers under its own name. */
export const sitesNamedBy = ({ ags, nrps, returnUrl }: VerifiedLaunch): readonly string[] =>
  sitesOf([ags?.lineItemsUrl, nrps?.membershipsUrl, returnUrl])
