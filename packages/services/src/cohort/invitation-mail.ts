import { Temporal } from 'temporal-polyfill'
import { writeMail, type MailWritten } from '../notice/index.ts'

type Cohort = Readonly<{
  name: string
  theme: string
  timeZone: string
  firstMeetingAt: Date | null
  /** Where people without an LMS sign in. */
  spaceUrl: string
}>
type Invited = Readonly<{
  name: string | null
  kind: 'participant' | 'chair' | 'facilitator'
  isWaitlisted: boolean
  signsInByMail: boolean
}>

const PART = {
  participant: 'You have a seat in the cohort',
  chair: 'You are asked to chair the cohort',
  facilitator: 'You are asked to facilitate the cohort',
} as const

const spelt = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toLocaleString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })

/** How to come in: by an e-mailed link without an LMS, from the course with one. */
function wayIn({ spaceUrl }: Cohort, { signsInByMail }: Invited) {
  return signsInByMail
    ? {
        paragraph:
          'Give this e-mail address on the page below and we send you a link to sign in. There is no password. You can also open it from your LMS course: choose “Were you invited by mail?” there and use this address.',
        action: { label: 'Sign in to your cohort', url: `${spaceUrl}/sign-in` },
      }
    : {
        paragraph:
          'Open it from your course: follow the Copractice link in Canvas or Moodle. It needs no other sign-in.',
      }
}

/** Says what part someone has, when it begins, and how to come in. Taking part is theirs to decide. */
export function invitationMail(cohort: Cohort, person: Invited): MailWritten {
  const { name, theme, timeZone, firstMeetingAt } = cohort
  if (person.isWaitlisted) {
    return writeMail({
      subject: `You are on the waitlist: ${name}`,
      paragraphs: [
        person.name ? `Hello ${person.name},` : 'Hello,',
        `The cohort “${name}” (${theme}) has its participants. You are on the waitlist; we will write to you when a seat opens.`,
      ],
    })
  }
  const { paragraph, action } = wayIn(cohort, person)
  return writeMail({
    subject: `${person.kind === 'participant' ? 'A seat for you' : 'Your part'}: ${name}`,
    paragraphs: [
      person.name ? `Hello ${person.name},` : 'Hello,',
      `${PART[person.kind]} “${name}” (${theme}).`,
      ...(firstMeetingAt ? [`It first meets on ${spelt(firstMeetingAt, timeZone)}.`] : []),
      paragraph,
    ],
    ...(action && { action }),
    footnote: 'Taking part is voluntary. You can leave in the space at any time, and no grade changes by it.',
  })
}
