import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import { NetworkId, ok, PersonId, refuse } from '@copractice/core/kernel'
import { dueReminders, isQuietHour, stopRemindersRoute, type Reminder } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import {
  listReminderCandidates,
  noteReminders,
  saveReminderChoice,
  type ReminderCandidate,
} from '@copractice/store/review'
import { queueMail, spellTime, writeMail, type MailWritten } from '../notice/index.ts'

const PAGE = 500
/** How long after the last day of a round its people are still told of reviews to read. */
const TELLS_FOR = 14 * 86_400_000

type Deps = Readonly<{ db: Db; spaceUrl: string; secret: string; clock: () => Date; log: Pick<Logger, 'error'> }>

/**
 * Reminds people of running rounds: what is due, what is untouched, what there is to read. Each is said once, however
 * often and in however many processes this runs; in somebody's quiet hours it waits for the morning. One who cannot be
 * reminded keeps nobody else from it.
 */
export async function sendReminders({ db, spaceUrl, secret, clock, log }: Deps): Promise<void> {
  const now = clock()
  const endedSince = new Date(now.getTime() - TELLS_FOR)
  let after: ReminderCandidate | null = null
  for (;;) {
    const page: ReminderCandidate[] = await listReminderCandidates(db, { now, endedSince, after, limit: PAGE })
    for (const candidate of page)
      await remind(candidate).catch((error: unknown) => {
        const { roundId, personId } = candidate
        log.error({ err: error, roundId, personId }, 'somebody could not be reminded; tried again at the next run')
      })
    after = page.at(-1) ?? null
    if (page.length < PAGE) return
  }

  async function remind(candidate: ReminderCandidate): Promise<void> {
    const { personZone, roundZone, stands, said } = candidate
    if (isQuietHour(now, personZone ?? roundZone)) return
    const due = dueReminders(stands, new Set(said), now)
    if (!due.length) return
    await db.transaction().execute(async (trx) => {
      const { networkId, email: to } = candidate
      const token = stopToken(secret, candidate)
      const stopUrl = `${spaceUrl}/reminders#${token}`
      const unsubscribeUrl = `${spaceUrl}${stopRemindersRoute.path}?token=${token}`
      const mails = (await noteReminders(trx, candidate, due, now)).map((reminder) => ({
        ...wordsOf(reminder, candidate, { spaceUrl, stopUrl }),
        networkId,
        to,
        unsubscribeUrl,
      }))
      await queueMail(trx, mails, now)
    })
  }
}

type Urls = Readonly<{ spaceUrl: string; stopUrl: string }>

/** Names the round and no other person; says nothing of marks. */
function wordsOf(reminder: Reminder, of: ReminderCandidate, { spaceUrl, stopUrl }: Urls): MailWritten {
  const { title, stands, roundZone, personZone, roundId, signsInByMail } = of
  const until = (at: Date) => spellTime(at, roundZone, personZone)
  const missing = stands.assigned - stands.filed
  const reviews = missing === 1 ? 'one review' : `${missing} reviews`
  const words: Record<Reminder, Readonly<{ subject: string; text: string }>> = {
    work_due: {
      subject: `Your work for ${title} is due soon`,
      text: `You have not handed in your work for ${title} yet. It is due ${until(stands.workUntil)}.`,
    },
    reviews_due: {
      subject: `${title}: ${reviews} to write`,
      text: `There ${missing === 1 ? 'is' : 'are'} ${reviews} left for you to write in ${title}, until ${until(stands.reviewsUntil)}. Somebody is waiting to read what you think.`,
    },
    reviews_untouched: {
      subject: `${title}: your reviews have not begun`,
      text: `Half of the time for reviews in ${title} has gone, and you have not begun yours (${reviews}). They are due ${until(stands.reviewsUntil)}. If you cannot write them, tell your instructor, so that nobody is left without.`,
    },
    reviews_received: {
      subject: `Reviews of your work in ${title} are there to read`,
      text: `Others have reviewed your work in ${title}. You can read what they wrote now.`,
    },
  }
  const { subject, text } = words[reminder]
  const wayIn = 'Open the round from your course, or from the space of your cohort.'
  return writeMail({
    subject,
    paragraphs: signsInByMail ? [text] : [text, wayIn],
    ...(signsInByMail && { action: { label: 'Open the round', url: `${spaceUrl}/reviews/rounds/${roundId}` } }),
    footnote: `To have no more reminders of reviews: ${stopUrl}`,
  })
}

const macOf = (secret: string, who: string) =>
  createHmac('sha256', secret).update(`reminders ${who}`).digest('base64url')

/** What a mail's last line carries: good for ending that person's reminders and nothing else. */
function stopToken(secret: string, { networkId, personId }: Pick<ReminderCandidate, 'networkId' | 'personId'>): string {
  const who = `${networkId}.${personId}`
  return `${who}.${macOf(secret, who)}`
}

/** Ends or begins the reminders of whoever the mail went to. Refuses a token that no mail of ours carried. */
export async function chooseRemindersByToken(
  { db, secrets }: Readonly<{ db: Db; secrets: readonly string[] }>,
  { token, wants }: Readonly<{ token: string; wants: boolean }>,
  now: Date,
) {
  const [network = '', person = '', mac = ''] = token.split('.')
  const networkId = NetworkId.safeParse(network)
  const personId = PersonId.safeParse(person)
  const isOurs = secrets.some((secret) => isSame(macOf(secret, `${network}.${person}`), mac))
  if (!isOurs || !networkId.success || !personId.success) return refuse('reminder.link_unknown', {})
  const isSaved = await saveReminderChoice(db, { networkId: networkId.data, personId: personId.data }, wants, now)
  return isSaved ? ok({ wants }) : refuse('reminder.link_unknown', {})
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
