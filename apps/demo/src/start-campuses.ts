import { join } from 'node:path'
import { SECTION_PARAMETERS } from '@copractice/core/connection'
import type { InstitutionId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type MailBox, type Profile } from '@copractice/lms-simulator'
import { insertPlatform, saveDeployment, findPlatformOwner } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import type { DemoConfig } from './config.ts'
import { hillsideCourse, riversideCourse } from './seed/courses.ts'
import type { DemoDirectory } from './seed/seed-directory.ts'
import type { DemoPlaces } from './seed/seed-life.ts'

type CampusesOptions = Readonly<{
  db: Db
  directory: Pick<DemoDirectory, 'networkId' | 'cohortId' | 'riverside' | 'hillside'>
  places: DemoPlaces
  ports: DemoConfig['ports']
  folder: string
  mailBox: MailBox
}>

/** Starts both simulated LMSs and registers the tool and each of them with one another. Returns what stops them. */
export async function startCampuses(options: CampusesOptions): Promise<() => Promise<void>> {
  const { directory, places, ports, folder, mailBox } = options
  const canvas = await startLmsSimulator({
    profile: 'canvas',
    name: 'Riverside State',
    port: ports.canvas,
    courses: [riversideCourse(directory.cohortId)],
    stateFolder: join(folder, 'canvas'),
    siblings: [{ label: 'Hillside College', url: places.moodle }],
    mail: mailBox,
  })
  const moodle = await startLmsSimulator({
    profile: 'moodle',
    name: 'Hillside College',
    port: ports.moodle,
    courses: [hillsideCourse(directory.cohortId)],
    stateFolder: join(folder, 'moodle'),
    siblings: [{ label: 'Riverside State', url: places.canvas }],
  })
  await connect(options, canvas, 'canvas', directory.riverside)
  await connect(options, moodle, 'moodle', directory.hillside)
  return async () => {
    await canvas.close()
    await moodle.close()
  }
}

/** What an LMS administrator and ours do by hand: enter each other's addresses. Again at a later start it changes nothing. */
async function connect(
  { db, directory, places }: CampusesOptions,
  lms: LmsSimulator,
  profile: Profile,
  institutionId: InstitutionId,
): Promise<void> {
  const { tool } = places
  const { clientId, deploymentId } = lms.registerTool({
    name: 'Copractice',
    loginUrl: `${tool}/lti/login`,
    launchUrl: `${tool}/lti/launch`,
    jwksUrl: `${tool}/lti/jwks.json`,
    deepLinkingUrl: `${tool}/lti/launch`,
    domain: new URL(tool).host,
    custom: {
      ...SECTION_PARAMETERS[profile],
      context_history: '$Context.id.history',
      ...(profile === 'canvas' && { high_contrast: '$Canvas.user.prefersHighContrast' }),
    },
  })
  const { networkId } = directory
  const { issuer, endpoints } = lms
  if (await findPlatformOwner(db, issuer, clientId)) return
  await db.transaction().execute(async (trx) => {
    const platformId = await insertPlatform(
      trx,
      { networkId, institutionId, status: 'active' },
      {
        issuer,
        clientId,
        profile,
        authorizationEndpoint: endpoints.authorization,
        tokenEndpoint: endpoints.token,
        tokenAudience: null,
        jwksUri: endpoints.jwks,
      },
    )
    await saveDeployment(trx, { networkId, platformId }, deploymentId, 'active')
  })
}
