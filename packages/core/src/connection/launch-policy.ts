/**
 * What an institution decides about launches of its LMS where the specifications leave it open. The first of each is the
 * careful one, and holds until somebody chooses.
 */

/** A deployment that nobody let in: `refuse` its launches, or also `park` it, so that it waits to be confirmed. */
export const UNKNOWN_DEPLOYMENTS = ['refuse', 'park'] as const
export type UnknownDeployments = (typeof UNKNOWN_DEPLOYMENTS)[number]

/** A launch that says nothing of who it is: `refuse` it, or let it `visit`: look at what is open to everybody, once. */
export const ANONYMOUS_LAUNCHES = ['refuse', 'visit'] as const
export type AnonymousLaunches = (typeof ANONYMOUS_LAUNCHES)[number]

/** Those that wait for an administrator; an LMS that names ever more fills no table and no page with them. */
export const MOST_PARKED = 20

type Met = Readonly<{ policy: UnknownDeployments; known: number; parked: number }>

/**
 * What becomes of a deployment that a proved launch names and that is not known. A confirmed connection without any takes
 * its first, because Canvas tells none when it registers; of a further one the policy decides.
 */
export function decideDeployment({ policy, known, parked }: Met): 'adopt' | 'park' | 'refuse' {
  if (known === 0) return 'adopt'
  return policy === 'park' && parked < MOST_PARKED ? 'park' : 'refuse'
}

type Asking = Readonly<{ policy: AnonymousLaunches; messageType: string }>

/**
 * Whether a launch without a person's id is let in as a visitor. Only one that opens a link: nobody's work is shown to
 * somebody unknown, whatever the policy.
 */
export const mayVisit = ({ policy, messageType }: Asking): boolean =>
  policy === 'visit' && messageType === 'LtiResourceLinkRequest'
