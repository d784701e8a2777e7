import { Temporal } from 'temporal-polyfill'
import { writeMail, type MailWritten } from '../notice/index.ts'

type Convening = Readonly<{
  name: string
  network: string
  startsAt: Date
  endsAt: Date
  timeZone: string
  place: string | null
  joinUrl: string | null
}>

/** Spelt out in the convening's own zone, which is named. The address to join is for those who have a place. */
function whenAndWhere({ startsAt, timeZone, place, joinUrl }: Convening, hasPlace: boolean): string {
  const at = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(timeZone)
  const when = at.toLocaleString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  return [`When: ${when}`, place && `Where: ${place}`, joinUrl && hasPlace && `Online: ${joinUrl}`]
    .filter(Boolean)
    .join('\n')
}

const greeting = (name: string | null) => (name ? `Hello ${name},` : 'Hello,')
const footnote = (network: string) =>
  `You get this because somebody gave this address on the registration page of ${network}. If it was not you, there is nothing you need to do.`

/** The mail is the only place that tells whether an address is new, waits or is registered already. */
export function registrationMail(
  convening: Convening,
  outcome: 'registered' | 'waitlisted' | 'already',
  name: string,
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
    footnote: footnote(convening.network),
  })
}

export const placeGivenMail = (convening: Convening, name: string | null): MailWritten =>
  writeMail({
    subject: `A place for you: ${convening.name}`,
    paragraphs: [
      greeting(name),
      `A place has opened at ${convening.name}, and you were next on the waitlist. It is yours.`,
      whenAndWhere(convening, true),
    ],
    footnote: footnote(convening.network),
  })
