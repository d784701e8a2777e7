import type { Request } from 'express'
import { grantsToChange, type Actor } from '@copractice/core/directory'
import type { NetworkId } from '@copractice/core/kernel'
import { NotAllowed, Unauthenticated } from '@copractice/http'
import type { EmailSignIn, ProvedBy } from '@copractice/services/directory'
import { enterNetwork, type Db } from '@copractice/store/database'
import { administratorsByEmail, type Administrator } from '@copractice/store/directory'

const READS = new Set(['GET', 'HEAD'])
const NETWORK_COOKIE = 'copractice-admin.network'

/** Somebody signed in. `here` is who they are in the network they chose, or in their only one. */
export type SignedIn = Readonly<{
  email: string
  /** The institution that vouched for them; null for whoever came by mail or passkey. */
  by: ProvedBy | null
  everywhere: readonly Administrator[]
  here: Administrator | undefined
}>

type Deps = Readonly<{ db: Db; signIn: EmailSignIn; adminUrl: string }>

/** Grants are read anew at each request, so that what is taken away holds at once. */
export function administrators({ db, signIn, adminUrl }: Deps) {
  const signedIn = async (req: Request): Promise<SignedIn> => {
    const known = await signIn.whoIs(req.headers.cookie)
    // Of the networks of the address, those that this way of signing in opens.
    const isOpened = ({ actor: { networkId, personId } }: Administrator) =>
      known?.people.some((one) => one.networkId === networkId && one.personId === personId) === true
    const everywhere = known ? (await administratorsByEmail(db, known.email)).filter(isOpened) : []
    if (!known || !everywhere.length) throw new Unauthenticated()
    const chosen = cookieOf(req, NETWORK_COOKIE)
    const only = everywhere.length === 1 ? everywhere[0] : undefined
    const { email, by } = known
    return { email, by, everywhere, here: everywhere.find(({ network }) => network.id === chosen) ?? only }
  }
  /** From here on the request sees this network alone. */
  const entered = async (req: Request): Promise<Actor> => {
    const { here } = await signedIn(req)
    if (!here) throw new Unauthenticated()
    enterNetwork(here.actor.networkId)
    return here.actor
  }
  /** What changes anything is done without the role of support, whatever a rule further down would say. */
  const asAsked = (req: Request, actor: Actor): Actor =>
    READS.has(req.method) ? actor : { ...actor, grants: grantsToChange(actor.grants) }

  const writerOf = async (req: Request): Promise<Actor> => asAsked(req, await entered(req))
  /** Who administers something. Whoever was admitted to write a proposal alone has `writerOf` and nothing of this. */
  const actorOf = async (req: Request): Promise<Actor> => {
    const known = await entered(req)
    if (!known.grants.length) throw new Unauthenticated()
    const actor = asAsked(req, known)
    if (!actor.grants.length) throw new NotAllowed('directory.read_only')
    return actor
  }
  /** A header value that keeps the choice; it grants nothing by itself. */
  const chooses = (networkId: NetworkId) =>
    `${NETWORK_COOKIE}=${networkId}; Path=/; HttpOnly; SameSite=Lax${adminUrl.startsWith('https:') ? '; Secure' : ''}`

  return { signedIn, actorOf, writerOf, chooses }
}
export type Administrators = ReturnType<typeof administrators>

function cookieOf(req: Request, name: string): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
