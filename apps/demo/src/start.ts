import { pino } from 'pino'
import { KEPT_OUT_OF_LOGS } from '@copractice/http'
import { readConfig } from './config.ts'
import { runDemo } from './run-demo.ts'

const began = performance.now()
const log = pino({ level: 'warn', redact: KEPT_OUT_OF_LOGS })

/** Ends with one clear line when it cannot start; ends cleanly on Ctrl-C. */
try {
  const config = readConfig(process.env)
  const demo = await runDemo(config, { log, say: (line) => console.log(line) })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`
Copractice is ready after ${seconds} s, on ${demo.engine}. Everything is made up; nothing leaves this machine.

  Riverside State, in Canvas's manner    ${demo.places.canvas}
  Hillside College, in Moodle's manner   ${demo.places.moodle}
  Admin, as coordinator ${demo.coordinator}
                                         ${demo.places.admin}
    or as the network's administrator    ${demo.administrator}
  Community partners sign in at          ${demo.places.tool}/sign-in
  Mail that was sent                     ${demo.places.canvas}/mail

Ctrl-C ends it; what you did is kept in ${config.folder}. "npm run reset" begins anew.`)

  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await demo.close()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
