import { addressMessage, type CohortMessage } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import { listForMessage } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { findWriter } from '@copractice/store/directory'
import { notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { cohortInReach } from './cohort-in-reach.ts'
import { messageMail } from './life-mail.ts'

type Message = CohortMessage & Readonly<{ cohortId: CohortId }>

async function written(db: Db | Trx, actor: Actor, { cohortId, subject, text, parts }: Message) {
  const cohort = await cohortInReach(db, actor, cohortId)
  if (!cohort) return undefined
  const { networkId, personId } = actor
  const writer = await findWriter(db, { networkId, personId })
  const addressed = addressMessage(await listForMessage(db, cohort.at, parts))
  return { cohort, ...addressed, mail: messageMail({ name: cohort.name, subject, text }, writer) }
}

/** The mail as it would go out and to whom. Sends nothing. */
export async function previewMessage(db: Db, actor: Actor, message: Message) {
  const found = await written(db, actor, message)
  if (!found) return notFound()
  const { mail, to, withoutAddress } = found
  return ok({ subject: mail.subject, text: mail.text, to, withoutAddress })
}

/**
 * Sends a coordinator's words to people of a cohort, each once, and writes down that they did and to how many. Refuses
 * when the people are others than the writer saw (`expected`), so that nobody is written to unseen.
 */
export function sendMessage(db: Db, actor: Actor, { expected, ...message }: Message & { expected: number }, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await written(trx, actor, message)
    if (!found) return notFound()
    const { cohort, mail, to, withoutAddress } = found
    if (!to.length) return refuse('cohort.nobody_to_write', {})
    if (to.length !== expected) return refuse('cohort.recipients_changed', { count: to.length })
    const { networkId } = actor
    await queueMail(
      trx,
      to.map(({ email }) => ({ ...mail, to: email, networkId })),
      now,
    )
    const facts = {
      subject: mail.subject,
      parts: message.parts,
      sent: to.length,
      withoutAddress: withoutAddress.length,
    }
    await cohort.note(trx, 'cohort.written_to', facts, now)
    return ok({ sent: to.length })
  })
}
