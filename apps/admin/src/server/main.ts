import { pino } from 'pino'
import { KEPT_OUT_OF_LOGS, listen } from '@copractice/http'
import { openDatabase } from '@copractice/store/database'
import { readConfig } from './config.ts'
import { createAdmin } from './index.ts'

/** The admin app as a process of its own, on the database that DATABASE_URL names. Mail it queues is sent by the space's jobs. */
const log = pino({ redact: KEPT_OUT_OF_LOGS })
try {
  const { databaseUrl, port, ...config } = readConfig(process.env)
  const open = await openDatabase({ url: databaseUrl })
  const server = await listen(createAdmin({ db: open.db, log, ...config }), port, 'ADMIN_PORT')
  log.info({ port: server.port, engine: open.engine }, 'admin is ready')
  const end = async () => {
    await server.close()
    await open.close()
  }
  process.once('SIGINT', () => void end())
  process.once('SIGTERM', () => void end())
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
