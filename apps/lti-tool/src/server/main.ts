import { pino } from 'pino'
import { KEPT_OUT_OF_LOGS, listen } from '@copractice/http'
import { startJobs } from '@copractice/services/jobs'
import { openPostOffice } from '@copractice/services/notice'
import { openDatabase } from '@copractice/store/database'
import { readConfig } from './config.ts'
import { createLtiTool } from './index.ts'

/**
 * The tool as a process of its own, with its jobs, on the database that DATABASE_URL names. Any number of them may run.
 * What a database says about a failed statement can hold people's words, so it stays out of the log.
 */
const log = pino({ redact: KEPT_OUT_OF_LOGS })

/** What is open, latest last; closed in the opposite order. */
const closing: (() => Promise<void> | void)[] = []
const close = async () => {
  while (closing.length) await closing.pop()!()
}

let isEnding = false
const end = (signal: NodeJS.Signals) => {
  if (isEnding) return
  isEnding = true
  log.info({ signal }, 'the tool ends')
  close().catch((error: unknown) => {
    log.error({ err: error }, 'the tool did not end cleanly')
    process.exitCode = 1
  })
}

try {
  const { databaseUrl, port, smtp, ...config } = readConfig(process.env)
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  const open = await openDatabase({ url: databaseUrl })
  closing.push(open.close)
  const tool = createLtiTool({ db: open.db, log, ...config })
  const office = smtp && openPostOffice(smtp)
  if (office) closing.push(office.close)
  else log.warn('SMTP_URL is not set: mail waits until a process with it runs')

  const server = await listen(tool.app, port, 'LTI_TOOL_PORT')
  closing.push(server.close)
  const { deliverScores, syncRosters, remind, rotateKeys } = tool
  const deliverMail = office?.deliver
  const jobs = await startJobs({ open, log, deliverMail, deliverScores, syncRosters, remind, rotateKeys })
  closing.push(jobs.stop)
  // A signal that came while it was starting found nothing to close yet.
  if (isEnding) await close()
  else log.info({ port: server.port, engine: open.engine }, 'the tool is ready')
} catch (error) {
  await close().catch(() => {})
  log.fatal(error instanceof Error ? error.message : String(error))
  // Jobs that were half begun must not keep alive what can answer nobody.
  process.exit(1)
}
