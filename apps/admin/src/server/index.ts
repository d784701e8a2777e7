import { fileURLToPath } from 'node:url'
import type { Express } from 'express'
import type { Logger } from 'pino'
import { createServer } from '@copractice/http'
import { createLti, createOutgoing, createSealer } from '@copractice/lti'
import { openThroughInstitution } from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import { cohortRoutes } from './cohort/routes.ts'
import { askRoutes, seasonRoutes } from './cohort/season-routes.ts'
import { oneConnectionRoutes } from './connection/connection-routes.ts'
import { connectionRoutes } from './connection/routes.ts'
import { badgeRoutes } from './convening/badge-routes.ts'
import { deskRoutes } from './convening/desk-routes.ts'
import { conveningRoutes, publicConveningRoutes } from './convening/routes.ts'
import { conveningSessionRoutes } from './convening/session-routes.ts'
import { placementRoutes } from './convening/placement-routes.ts'
import { administrators } from './directory/administrator-of.ts'
import { directoryRoutes } from './directory/routes.ts'
import { institutionSignInRoutes } from './directory/institution-sign-in-routes.ts'
import { mergeRoutes } from './directory/merge-routes.ts'
import { passkeyRoutes } from './directory/passkey-routes.ts'
import { rolesRoutes } from './directory/roles-routes.ts'
import { sessionRoutes } from './directory/session-routes.ts'
import { openAdminSignIn, openSpaceLinks } from './directory/sign-in.ts'
import { throughInstitutionRoutes } from './directory/through-institution-routes.ts'
import { feedRoutes, meetingRoutes } from './meeting/routes.ts'
import { applyRoutes, consentRoutes, facilitatorRoutes } from './proposal/facilitator-routes.ts'
import { ownScope } from './own-scope.ts'
import { programmeRoutes } from './programme/routes.ts'
import { publicProposalRoutes } from './proposal/public-routes.ts'
import { callRoutes, proposalRoutes } from './proposal/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { sameOrigin } from './same-origin.ts'

export type AdminDeps = Readonly<{
  db: Db
  log: Logger
  /** Origins where people reach this app and the space; mailed links begin with them. */
  adminUrl: string
  spaceUrl: string
  /** At least 32 characters; signs cookies. The same for every process. */
  secret: string
  /** Secrets of before, which still open the signing keys that they sealed. */
  secretsBefore?: readonly string[]
  /** Lets self-tests and sign-ins reach LMSs and identity providers on this machine or network, and on http. */
  allowLocalPlatforms?: boolean
  /** How old the latest signing key gets before the space makes the next; 0: until somebody does. */
  keyRotationDays?: number
  trustedProxies?: number
  clock?: () => Date
}>

/** The admin app as an Express app: its own process listens with it, and so does the demo's one process. */
export function createAdmin(deps: AdminDeps): Express {
  const { db, log, adminUrl, spaceUrl, secret, trustedProxies = 0, clock = () => new Date() } = deps
  const { secretsBefore = [], allowLocalPlatforms = false, keyRotationDays = 90 } = deps
  const lti = createLti({
    db,
    publicUrl: spaceUrl,
    secrets: [secret, ...secretsBefore],
    allowLocalPlatforms,
    log,
    clock,
  })
  const { signIn, passkeys, peopleThrough } = openAdminSignIn({ db, secret, clock }, adminUrl)
  const sealer = createSealer([secret, ...secretsBefore])
  const keeping = { db, sealer, outgoing: createOutgoing({ allowLocal: allowLocalPlatforms }), adminUrl, clock }
  const through = openThroughInstitution({
    ...keeping,
    secret,
    signIn,
    peopleThrough,
    warn: (line) => log.warn(line, 'institution sign-in refused'),
  })
  const common = { db, clock, secret, administrators: administrators({ db, signIn, adminUrl }) }
  const sendSignInLink = openSpaceLinks({ db, secret, clock }, spaceUrl)

  const routers = [
    ...sessionRoutes({ ...common, signIn }),
    ...passkeyRoutes({ ...common, passkeys }),
    ...throughInstitutionRoutes({ through, adminUrl }),
    institutionSignInRoutes({ ...keeping, administrators: common.administrators }),
    publicProposalRoutes({ ...common, prove: signIn.prove }),
    publicConveningRoutes({ ...common, adminUrl }),
    badgeRoutes({ ...common, adminUrl }),
    deskRoutes({ ...common, adminUrl }),
    conveningSessionRoutes({ ...common, adminUrl }),
    directoryRoutes(common),
    rolesRoutes({ ...common, adminUrl }),
    mergeRoutes({ ...common, spaceUrl }),
    connectionRoutes({ ...common, spaceUrl }),
    oneConnectionRoutes({ ...common, lti, spaceUrl, keyRotationDays }),
    conveningRoutes({ ...common, adminUrl }),
    placementRoutes({ ...common, spaceUrl }),
    programmeRoutes(common),
    reportRoutes(common),
    callRoutes({ ...common, adminUrl, spaceUrl }),
    proposalRoutes({ ...common, adminUrl, spaceUrl }),
    cohortRoutes({ ...common, spaceUrl, sendSignInLink }),
    seasonRoutes({ ...common, adminUrl, spaceUrl }),
    askRoutes({ ...common, spaceUrl }),
    meetingRoutes({ ...common, adminUrl }),
    feedRoutes(common),
    applyRoutes({ ...common, adminUrl }),
    facilitatorRoutes({ ...common, adminUrl }),
    consentRoutes({ ...common, adminUrl }),
  ]
  return createServer({
    log,
    mounts: [
      { at: '/api', router: sameOrigin(adminUrl) },
      { at: '/api', router: ownScope },
      ...routers.map((router) => ({ at: '/', router })),
    ],
    web: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    frameAncestors: async () => [],
    apiRequestsPerMinute: 600,
    trustedProxies,
    isHealthy: async () => {
      try {
        await db.selectFrom('network').select('id').limit(1).execute()
        return true
      } catch {
        return false
      }
    },
  })
}
