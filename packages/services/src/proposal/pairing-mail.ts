import { writeMail, type MailWritten } from '../notice/index.ts'

const hello = (name: string | null) => (name ? `Hello ${name},` : 'Hello,')
type About = Readonly<{ adminUrl: string; network: string }>

/** To whoever filled in the public form: it arrived, or they had applied before and nothing was changed. */
export function appliedMail({ adminUrl, network }: About, name: string, isNew: boolean): MailWritten {
  return writeMail({
    subject: `Facilitating in ${network}`,
    paragraphs: [
      hello(name),
      isNew
        ? `Thank you for offering to facilitate in ${network}. A coordinator reads it and writes to you.`
        : `You have offered to facilitate in ${network} before. Nothing was changed by the form that was sent now.`,
      'With this address you can sign in below to change what you said, and to say what you would gladly facilitate.',
    ],
    action: { label: 'Open your page', url: `${adminUrl}/facilitating` },
    footnote:
      'Facilitating is voluntary, and nobody is paid for it. If you did not ask for this, there is nothing you need to do.',
  })
}

export function decidedMail(
  { adminUrl, network }: About,
  { name, verdict, reason }: Readonly<{ name: string | null; verdict: 'in_pool' | 'declined'; reason: string }>,
): MailWritten {
  return writeMail({
    subject:
      verdict === 'in_pool' ? `You are among the facilitators of ${network}` : `Your offer to facilitate in ${network}`,
    paragraphs: [
      hello(name),
      verdict === 'in_pool'
        ? `You are among the facilitators of ${network}. When a proposal looks for one, we ask you; nothing is agreed without your yes.`
        : `We do not take up your offer to facilitate in ${network} now.`,
      ...(reason ? [`In the coordinator's words: ${reason}`] : []),
    ],
    action: { label: 'Open your page', url: `${adminUrl}/facilitating` },
  })
}

type Offered = Readonly<{
  title: string
  facilitator: string | null
  name: string | null
  url: string
  why: readonly string[]
}>

/** To the facilitator and to the hosts: an offer, why it was made, and that nothing is agreed without both. */
export function offeredMail(
  side: 'facilitator' | 'hosts',
  { title, facilitator, name, url, why }: Offered,
): MailWritten {
  const who = facilitator ?? 'a facilitator'
  return writeMail({
    subject: side === 'facilitator' ? `Would you facilitate “${title}”?` : `A facilitator for “${title}”: ${who}?`,
    paragraphs: [
      hello(name),
      side === 'facilitator'
        ? `The hosts of “${title}” look for a facilitator, and we thought of you.`
        : `You asked to be paired with a facilitator for “${title}”. We thought of ${who}.`,
      ...(why.length ? [`What speaks for it: ${why.join('; ')}.`] : []),
      'It is agreed once both sides have said yes.',
    ],
    action: { label: 'Say yes or no', url },
    footnote: 'Facilitating is voluntary, and nobody is paid for it.',
  })
}

/** To those who write a proposal: a coordinator opened the pool to them. */
export const poolOpenedMail = ({
  title,
  name,
  url,
}: Readonly<{ title: string; name: string | null; url: string }>): MailWritten =>
  writeMail({
    subject: `Facilitators to choose from: “${title}”`,
    paragraphs: [
      hello(name),
      `A coordinator has opened the list of facilitators to those who write “${title}”. Say whom you would gladly have; nothing is agreed without you.`,
    ],
    action: { label: 'Open the list', url },
  })

/** To everybody concerned: it is agreed, declined, or taken back. */
export function pairingMail(
  outcome: 'agreed' | 'declined' | 'withdrawn',
  {
    title,
    facilitator,
    name,
    reason,
  }: Readonly<{ title: string; facilitator: string | null; name: string | null; reason: string }>,
): MailWritten {
  const who = facilitator ?? 'The facilitator'
  const said = {
    agreed: `${who} facilitates “${title}”. Both sides have said yes.`,
    declined: `There was a no to ${facilitator ?? 'a facilitator'} for “${title}”. The coordinators look further.`,
    withdrawn: `The pairing of ${facilitator ?? 'a facilitator'} with “${title}” was taken back.`,
  }
  return writeMail({
    subject: `${{ agreed: 'Agreed', declined: 'Not agreed', withdrawn: 'Taken back' }[outcome]}: ${facilitator ?? 'a facilitator'} for “${title}”`,
    paragraphs: [hello(name), said[outcome], ...(reason ? [`Why: ${reason}`] : [])],
  })
}
