import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Express } from 'express'
import type { Logger } from 'pino'
import { createServer } from '@copractice/http'
import { createLti, type Lti } from '@copractice/lti'
import { frameAncestors as framedBy } from '@copractice/services/connection'
import { openSignIn, signInMail, type EmailSignIn } from '@copractice/services/directory'
import { deliverDueScores, syncDueRosters } from '@copractice/services/gradebook'
import { queueMail } from '@copractice/services/notice'
import { openUploadStorage, sendReminders } from '@copractice/services/review'
import type { Db } from '@copractice/store/database'
import { findPeopleByEmail } from '@copractice/store/directory'
import { cohortRoutes } from './cohort/routes.ts'
import { placingRoutes } from './connection/placing-routes.ts'
import { linkStatusRoutes } from './connection/link-status-routes.ts'
import { connectionRouter } from './connection/routes.ts'
import { conveningRoutes } from './convening/routes.ts'
import { claimRoutes } from './directory/claim-routes.ts'
import { sessionRoutes, signInRoutes } from './directory/routes.ts'
import { rosterRoutes } from './gradebook/roster-routes.ts'
import { gradebookRoutes } from './gradebook/routes.ts'
import { participationRoutes } from './meeting/participation-routes.ts'
import { meetingRoutes } from './meeting/routes.ts'
import { practiceRoutes } from './practice/routes.ts'
import { portfolioRoutes } from './portfolio/routes.ts'
import { choiceRoutes } from './review/choice-routes.ts'
import { exportRoutes } from './review/export-routes.ts'
import { reviewRoutes } from './review/routes.ts'
import { ownScope } from './own-scope.ts'
import { sessionContext } from './session-context.ts'

export { connectionRouter } from './connection/routes.ts'

export type LtiToolDeps = Readonly<{
  db: Db
  log: Logger
  /** Origin where people and LMSs reach this app. */
  publicUrl: string
  /** Origin where people reach the admin app, which shows badges of convenings; nobody is led there without it. */
  adminUrl?: string | undefined
  /** The first signs and seals; the others still open what they sealed. Each of 32 characters or more. */
  secrets: readonly [string, ...string[]]
  /** Files handed in lie here; every process of the tool shares it. */
  uploadFolder: string
  allowLocalPlatforms: boolean
  trustedProxies?: number
  /** How many logins, and as many launches, one address may send in a minute. */
  ltiRequestsPerMinute?: number
  /** How old the latest signing key gets before the next one is made; 0: until somebody rotates them. */
  keyRotationDays?: number
  clock?: () => Date
  /** Folder of the built web app; its own unless a test brings another. */
  web?: string
}>

export type LtiTool = Readonly<{
  app: Express
  lti: Lti
  /** The body of the job that empties the outbox of scores; `signal`: the process ends. */
  deliverScores: (signal?: AbortSignal) => Promise<void>
  /** The body of the job that reads the rosters that are due. */
  syncRosters: () => Promise<void>
  /** The body of the job that reminds people of rounds. */
  remind: () => Promise<void>
  /** The body of the job that makes the next signing key when its time has come. */
  rotateKeys: () => Promise<void>
}>

/** The tool as an Express app with what its jobs need. Its own process listens with it, and so does the demo's one process. */
export function createLtiTool(deps: LtiToolDeps): LtiTool {
  const { db, log, publicUrl, secrets, allowLocalPlatforms, trustedProxies = 0, clock = () => new Date() } = deps
  const { web = fileURLToPath(new URL('../../dist/web', import.meta.url)) } = deps
  const requestsPerMinute = deps.ltiRequestsPerMinute
  const lti = createLti({ db, publicUrl, secrets, allowLocalPlatforms, log, clock, requestsPerMinute })
  const frameAncestors = framedBy(db, clock)
  const contextOf = sessionContext(db, clock)
  const common = { db, clock, contextOf, signIn: openSpaceSignIn(deps, clock), spaceUrl: publicUrl }
  const readIndexHtml = () => readFile(`${web}/index.html`, 'utf8')
  const storage = openUploadStorage({ folder: deps.uploadFolder })

  const routers = [
    connectionRouter({ db, lti, clock, frameAncestors, readIndexHtml }),
    placingRoutes({ ...common, sign: lti.signDeepLinkingAnswer, publicUrl, readIndexHtml }),
    signInRoutes(common),
    sessionRoutes(common),
    claimRoutes({ ...common, secrets }),
    cohortRoutes(common),
    conveningRoutes({ ...common, adminUrl: deps.adminUrl }),
    meetingRoutes(common),
    participationRoutes(common),
    practiceRoutes(common),
    reviewRoutes({ ...common, storage }),
    portfolioRoutes(common),
    exportRoutes(common),
    choiceRoutes({ ...common, secrets }),
    gradebookRoutes(common),
    rosterRoutes(common),
    linkStatusRoutes(common),
  ]
  const app = createServer({
    log,
    mounts: [{ at: '/api', router: ownScope }, ...routers.map((router) => ({ at: '/', router }))],
    web,
    frameAncestors,
    // A campus behind one address has many people in one course.
    apiRequestsPerMinute: 3000,
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
  const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  const { gradebook, roster } = lti
  const deliverScores = (signal?: AbortSignal) =>
    deliverDueScores({ db, gradebook, log, clock, roll: Math.random, wait, signal })
  const syncRosters = () => syncDueRosters({ db, roster, log, clock, roll: Math.random })
  const remind = () => sendReminders({ db, spaceUrl: publicUrl, secret: secrets[0], clock, log })
  const { keyRotationDays = 90 } = deps
  const rotateKeys = async () => {
    const kid = keyRotationDays > 0 ? await lti.keys.rotateAfter(keyRotationDays) : null
    if (kid) log.info({ kid }, 'a new signing key is listed; it signs in a quarter of an hour')
  }
  return { app, lti, deliverScores, syncRosters, remind, rotateKeys }
}

/** For whoever holds an e-mail identity in some network; the mail goes out in the name of the first. */
function openSpaceSignIn({ db, publicUrl, secrets }: LtiToolDeps, clock: () => Date): EmailSignIn {
  return openSignIn({
    db,
    baseUrl: publicUrl,
    secret: secrets[0],
    cookiePrefix: 'copractice-space',
    staysSignedInDays: 30,
    peopleOf: (email) => findPeopleByEmail(db, email),
    sendLink: async ({ email, url, people }) => {
      const mail = signInMail({ app: 'the space of your cohort', url })
      await queueMail(db, { ...mail, networkId: people[0]!.networkId, to: email }, clock())
    },
  })
}
