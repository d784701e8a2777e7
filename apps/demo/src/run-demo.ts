import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAdmin } from '@copractice/admin/server'
import { listen, type Listening } from '@copractice/http'
import { createMailBox } from '@copractice/lms-simulator'
import { createLtiTool } from '@copractice/lti-tool/server'
import { startJobs } from '@copractice/services/jobs'
import { lockFolder, openDatabase } from '@copractice/store/database'
import { buildWeb } from './build-web.ts'
import type { DemoConfig } from './config.ts'
import { claimPorts } from './claim-ports.ts'
import { startCampuses } from './start-campuses.ts'
import { ADMINISTRATOR, COORDINATOR } from './seed/people.ts'
import { seedGathering } from './seed/seed-gathering.ts'
import { findDirectory, seedDirectory } from './seed/seed-directory.ts'
import { seedLife, type DemoPlaces } from './seed/seed-life.ts'
import { seedParticipation } from './seed/seed-participation.ts'
import { seedProposals } from './seed/seed-proposals.ts'
import { seedSeason } from './seed/seed-season.ts'
import { seedSessions } from './seed/seed-sessions.ts'

export type Demo = Readonly<{
  engine: string
  coordinator: string
  administrator: string
  places: DemoPlaces & Readonly<{ admin: string }>
  close: () => Promise<void>
}>

type Surroundings = Readonly<{ log: Logger; say: (line: string) => void }>

/**
 * Everything in one process: both apps and their jobs as in a real deployment, two simulated LMSs, a mail box instead of
 * a mail server. The first start seeds; a first start that was cut short begins again.
 */
export async function runDemo(config: DemoConfig, { log, say }: Surroundings): Promise<Demo> {
  const { ports, folder, databaseUrl } = config
  const closing: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const step of closing.toReversed()) await step()
    closing.length = 0
  }
  try {
    mkdirSync(folder, { recursive: true })
    await claimPorts(ports)
    const isSeeded = existsSync(join(folder, 'seeded'))
    if (!databaseUrl && !isSeeded) beginFirstStart(folder)
    if (databaseUrl) closing.push(lockFolder(folder))
    const open = await openDatabase(databaseUrl ? { url: databaseUrl } : { folder })
    closing.push(open.close)
    const { db } = open

    say('Building the web apps; only the first time takes a while.')
    const built = buildWeb()
    const clock = () => new Date()
    const found = await findDirectory(db)
    if (found && !isSeeded) throw new Error(strangeDatabase(folder))
    const fresh = found ? undefined : await seedDirectory(db, clock())
    const directory = found ?? fresh!

    const places = {
      tool: `http://localhost:${ports.tool}`,
      admin: `http://localhost:${ports.admin}`,
      canvas: `http://127.0.0.1:${ports.canvas}`,
      moodle: `http://127.0.0.1:${ports.moodle}`,
    }
    const secret = keepSecret(folder)
    const mailBox = createMailBox({ stateFolder: folder })
    await built

    const tool = createLtiTool({
      db,
      log,
      publicUrl: places.tool,
      adminUrl: places.admin,
      secrets: [secret],
      uploadFolder: join(folder, 'uploads'),
      allowLocalPlatforms: true,
    })
    const admin = createAdmin({
      db,
      log,
      adminUrl: places.admin,
      spaceUrl: places.tool,
      secret,
      allowLocalPlatforms: true,
    })
    const stopOnClose = ({ close: stop }: Listening) => closing.push(stop)
    stopOnClose(await listen(tool.app, ports.tool, 'LTI_TOOL_PORT', '127.0.0.1'))
    stopOnClose(await listen(admin, ports.admin, 'ADMIN_PORT', '127.0.0.1'))
    closing.push(await startCampuses({ db, directory, places, ports, folder, mailBox }))

    const jobs = await startJobs({
      open,
      log,
      deliverMail: async (mail) => void mailBox.add(mail),
      syncRosters: tool.syncRosters,
      remind: tool.remind,
      deliverScores: tool.deliverScores,
      rotateKeys: tool.rotateKeys,
    })
    closing.push(jobs.stop)

    if (fresh) {
      say('Letting the sample people in.')
      await seedLife(db, fresh, places, clock())
      await seedGathering(db, fresh.networkId, clock())
      await seedSessions(db, fresh, clock())
      await seedProposals(db, fresh, places, clock())
      await seedSeason(db, fresh.networkId, places.admin, clock())
      await seedParticipation(db, fresh.networkId, clock())
      writeFileSync(join(folder, 'seeded'), '')
    }
    return { engine: open.engine, coordinator: COORDINATOR.email, administrator: ADMINISTRATOR.email, places, close }
  } catch (error) {
    await close()
    throw error
  }
}

const strangeDatabase = (folder: string) =>
  `This database holds a demo that ${folder} knows nothing of. Name an empty database, or the COPRACTICE_FOLDER it was made with.`

/**
 * A first start that was cut short begins again: nobody was told "ready" yet, so nothing of theirs is lost. Refuses while
 * another process is at it, and a folder that holds what no start of ours began.
 */
function beginFirstStart(folder: string): void {
  lockFolder(folder)()
  const marker = join(folder, 'begun')
  const stranger = readdirSync(folder)[0]
  if (stranger && !existsSync(marker)) {
    throw new Error(`${folder} holds "${stranger}" and no demo. Name an empty folder in COPRACTICE_FOLDER.`)
  }
  writeFileSync(marker, '')
  for (const part of ['pg', 'uploads', 'canvas', 'moodle', 'mail.json']) {
    rmSync(join(folder, part), { recursive: true, force: true })
  }
}

/** Signs cookies and seals keys; made once, readable by its owner alone. */
function keepSecret(folder: string): string {
  const file = join(folder, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
