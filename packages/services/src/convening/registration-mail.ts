import { spellTime, writeMail, type MailWritten } from '../notice/index.ts'

type Convening = Readonly<{
  name: string
  network: string
  startsAt: Date | null
  timeZone: string
  place: string | null
  joinUrl: string | null
}>

/** Spelt out in the convening's own zone, which is named. The address to join is for those who have a place. */
function whenAndWhere({ startsAt, timeZone, place, joinUrl }: Convening, hasPlace: boolean): string {
  const when = startsAt && spellTime(startsAt, timeZone, null)
  return [when && `When: ${when}`, place && `Where: ${place}`, joinUrl && hasPlace && `Online: ${joinUrl}`]
    .filter(Boolean)
    .join('\n')
}

/** To whom; `badge`: the address of their badge, where this process knows it. */
type Recipient = Readonly<{ name: string | null; badge: string | undefined }>

const toBadge = (badge: string | undefined) =>
  badge ? { action: { label: 'Your badge, your sessions and how to join', url: badge } } : {}

/** Where somebody's badge is shown to whoever holds this address. */
export const badgeAddress = (origin: string, slug: string, key: string): string => `${origin}/b/${slug}/${key}`

const greeting = (name: string | null) => (name ? `Hello ${name},` : 'Hello,')
const footnote = (network: string) =>
  `You get this because somebody gave this address on the registration page of ${network}. If it was not you, there is nothing you need to do.`

/** The mail is the only place that tells whether an address is new, waits or is registered already. */
export function registrationMail(
  convening: Convening,
  outcome: 'registered' | 'waitlisted' | 'already',
  { name, badge }: Recipient,
): MailWritten {
  const words = {
    registered: {
      subject: `You are registered: ${convening.name}`,
      say: 'Your place is kept.',
    },
    waitlisted: {
      subject: `You are on the waitlist: ${convening.name}`,
      say: 'All places are taken. You are on the waitlist; we will write to you when a place opens.',
    },
    already: {
      subject: `You had already signed up: ${convening.name}`,
      say: 'This address had signed up before. Nothing has changed.',
    },
  }[outcome]
  return writeMail({
    subject: words.subject,
    paragraphs: [greeting(name), `${convening.name}: ${words.say}`, whenAndWhere(convening, outcome === 'registered')],
    ...toBadge(badge),
    footnote: footnote(convening.network),
  })
}

export const placeGivenMail = (convening: Convening, { name, badge }: Recipient): MailWritten =>
  writeMail({
    subject: `A place for you: ${convening.name}`,
    paragraphs: [
      greeting(name),
      `A place has opened at ${convening.name}, and you were next on the waitlist. It is yours.`,
      whenAndWhere(convening, true),
    ],
    ...toBadge(badge),
    footnote: footnote(convening.network),
  })

/** The badge itself, for somebody with a place: also for those who were brought in by a list. */
export const badgeMail = (convening: Convening, { name, badge }: Recipient): MailWritten =>
  writeMail({
    subject: `Your badge: ${convening.name}`,
    paragraphs: [
      greeting(name),
      `${convening.name}: your badge has a code that is scanned at the door. The same page has your sessions and how to join.`,
      whenAndWhere(convening, true),
    ],
    ...toBadge(badge),
    footnote: footnote(convening.network),
  })

/** A session somebody waited for has a place for them. */
export const sessionGivenMail = (convening: Convening, title: string, { name, badge }: Recipient): MailWritten =>
  writeMail({
    subject: `A place in “${title}”`,
    paragraphs: [
      greeting(name),
      `A place has opened in “${title}” at ${convening.name}, and you were next. It is yours.`,
    ],
    ...toBadge(badge),
    footnote: footnote(convening.network),
  })
