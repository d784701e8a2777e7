import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import { pino } from 'pino'
import type { PersonId } from '@copractice/core/kernel'
import { createLti, type Lti } from '@copractice/lti'
import { deliverDueScores } from '@copractice/services/gradebook'
import { startJobs } from '@copractice/services/jobs'
import { openDatabase } from '@copractice/store/database'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { publishTo } from './publish-to.ts'
import { COLUMNS, scoreOf, type DeliverAsked, type Delivered } from './wire.ts'

/** The worker that sends scores, and the key set that the LMS checks its signature with. The argument: its database. */
const open = await openDatabase({ url: process.argv[2]!, poolSize: 10 })
const { db } = open
const GIVEN_UP_AFTER_SECONDS = 180
const log = pino({ level: 'silent' })
const app = express()
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const publicUrl = `http://localhost:${(server.address() as AddressInfo).port}`
const lti: Lti = createLti({
  db,
  publicUrl,
  secrets: ['a secret of the bench, of some length'],
  allowLocalPlatforms: true,
  log,
})
const nobody = () => Promise.reject(new Error('Nobody launches here'))
app.use(lti.routes({ frameAncestors: async () => [], admit: nobody, onLaunch: nobody }))

/** The outbox as publishing leaves it. */
async function publish({ lms, tool, learners }: Extract<DeliverAsked, { ask: 'publish' }>): Promise<void> {
  const { networkId, courseId, roundId, people } = await publishTo(db, lms, tool, learners)
  const publishedBy = people[0] as PersonId
  await db.transaction().execute(async (trx) => {
    const items = COLUMNS.map((column) => ({
      ...column,
      courseId,
      label: `Plan: ${column.column}`,
    }))
    const lineItem = await ensureLineItems(trx, networkId, roundId, items)
    const deliveries = people.flatMap((personId, learner) =>
      COLUMNS.map(({ column, maximum }) => ({
        lineItemId: lineItem(courseId, column),
        courseId,
        personId,
        lmsUserId: String(learner),
        score: scoreOf(learner, maximum),
        maximum,
      })),
    )
    await insertDeliveries(trx, { networkId, roundId, publishedBy }, deliveries, new Date())
  })
}

/** As in production: the job queue runs, and publishing nudges it. */
async function deliver(): Promise<Delivered> {
  const clock = () => new Date()
  const wait = (milliseconds: number) => pause(milliseconds)
  let began = Infinity
  const begin = () => (began = Math.min(began, performance.now()))
  let runs = 0
  let fault: unknown
  const jobs = await startJobs({
    open,
    log,
    deliverMail: undefined,
    deliverScores: async (signal) => {
      begin()
      runs++
      await deliverDueScores({ db, gradebook: lti.gradebook, log, clock, roll: Math.random, wait, signal }).catch(
        (error: unknown) => (fault = error),
      )
    },
  })
  begin()
  await nudge(db, 'scores')
  const left = async () => {
    const rows = await db
      .selectFrom('score_delivery')
      .select(({ fn }) => ['status', fn.countAll<string>().as('count'), fn.sum<string>('attempts').as('tries')])
      .groupBy('status')
      .execute()
    return {
      statuses: Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)])),
      tries: rows.reduce((sum, { tries }) => sum + Number(tries), 0),
    }
  }
  for (;;) {
    await pause(200)
    const now = await left()
    const seconds = (performance.now() - began) / 1000
    if (fault) throw fault
    if (now.statuses['waiting'] && seconds < GIVEN_UP_AFTER_SECONDS) continue
    await jobs.stop()
    return { seconds, runs, ...now, peakRssMb: process.resourceUsage().maxRSS / 1024 }
  }
}

process.on('message', (asked: DeliverAsked) => {
  void (asked.ask === 'publish' ? publish(asked).then(() => ({ done: true })) : deliver()).then((answer) =>
    process.send!(answer),
  )
})
process.on('disconnect', () => process.exit())
process.send!({ url: publicUrl })
