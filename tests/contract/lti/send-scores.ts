import { flushCompileCache } from 'node:module'
import { pino } from 'pino'
import { createLti } from '@copractice/lti'
import { deliverDueScores } from '@copractice/services/gradebook/deliver-scores'
import { openDatabase } from '@copractice/store/database'

/** `at`: what time it is for the worker when it begins, in milliseconds. */
export type SendScoresAsked = Readonly<{ at: number }>
/** First that it is ready, then how many scores it posted. */
export type SendScoresTold = Readonly<{ ready: true } | { posted: number }>

/** A worker in a process of its own, to be killed. Arguments: the database's address, the tool's. */
const [url, publicUrl] = process.argv.slice(2) as [string, string]
const { db } = await openDatabase({ url, poolSize: 5 })
let ahead = 0
const clock = () => new Date(Date.now() + ahead)
const log = pino({ level: 'silent' })
const secrets = ['a secret of the contract tests, long enough'] as const
// What it signs is of the present, as the LMS is.
const { gradebook } = createLti({ db, publicUrl, secrets, allowLocalPlatforms: true, log })
let posted = 0
const counting: typeof gradebook = {
  listLineItems: (...of) => gradebook.listLineItems(...of),
  createLineItem: (...of) => gradebook.createLineItem(...of),
  readResult: (...of) => gradebook.readResult(...of),
  listKept: (...of) => gradebook.listKept(...of),
  postScore: (...of) => {
    posted++
    return gradebook.postScore(...of)
  },
}
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const tell = (told: SendScoresTold) => process.send!(told)

process.on('message', ({ at }: SendScoresAsked) => {
  ahead = at - Date.now()
  void deliverDueScores({ db, gradebook: counting, log, clock, roll: () => 0.5, wait }).then(() => tell({ posted }))
})
process.on('disconnect', () => process.exit())
// A process that is killed leaves nothing of its own accord.
flushCompileCache()
tell({ ready: true })
