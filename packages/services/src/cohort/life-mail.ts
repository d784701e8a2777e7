import { spellTime, writeMail, type MailWritten } from '../notice/index.ts'

type Cohort = Readonly<{ name: string; theme: string; timeZone: string }>
type Person = Readonly<{ name: string | null; signsInByMail: boolean }>

const hello = ({ name }: Pick<Person, 'name'>) => (name ? `Hello ${name},` : 'Hello,')

/** To everybody seated in a cohort that closes: what becomes of its space. */
export function closedMail(
  { name, theme }: Cohort,
  person: Person,
  { alumni, spaceUrl }: Readonly<{ alumni: 'open' | 'read_only'; spaceUrl: string }>,
): MailWritten {
  const keeps =
    alumni === 'open'
      ? 'Its space stays yours: you can read and write there as before.'
      : 'Its space stays yours to read. Nothing new is written there.'
  return writeMail({
    subject: `${name} has closed`,
    paragraphs: [hello(person), `The cohort “${name}” (${theme}) has closed. Nobody joins any more.`, keeps],
    ...(person.signsInByMail
      ? { action: { label: 'Sign in to the space', url: `${spaceUrl}/sign-in` } }
      : { footnote: 'You come in from your course, as before. No grade changes by it.' }),
  })
}

type Asked = Person & Readonly<{ kind: 'participant' | 'chair' | 'facilitator' }>
const PART = {
  participant: 'Will you take part again?',
  chair: 'You chaired it. Will you chair it again?',
  facilitator: 'You facilitated it. Will you facilitate it again?',
} as const

/** Asks somebody of the cohort before whether they take part in the next one. Nothing happens without their yes. */
export function askMail(
  cohort: Cohort & Readonly<{ before: string; firstMeetingAt: Date | null; meetings: number }>,
  person: Asked,
  url: string,
): MailWritten {
  const { name, theme, before, timeZone, firstMeetingAt, meetings } = cohort
  const plan = firstMeetingAt
    ? `It meets ${meetings === 1 ? 'once' : `${meetings} times`}, first on ${spellTime(firstMeetingAt, timeZone, null)}.`
    : 'Its meetings are not set yet.'
  return writeMail({
    subject: `${before} goes on as ${name}: will you be in it?`,
    paragraphs: [hello(person), `“${before}” goes on as “${name}” (${theme}). ${PART[person.kind]}`, plan],
    action: { label: 'Say yes or no', url },
    footnote:
      'Taking part is voluntary. Without an answer you have no seat in it; you keep the space of the one before. Seats are given in the order of the answers.',
  })
}

/** A coordinator's own words to the people of a cohort. Answers go to the writer, not to us. */
export function messageMail(
  { name, subject, text }: Readonly<{ name: string; subject: string; text: string }>,
  writer: Readonly<{ name: string | null; email: string | null; network: string }>,
): MailWritten {
  const from = writer.name ?? writer.email ?? 'A coordinator'
  const answer = writer.email ? ` To answer, write to ${writer.email}.` : ''
  return writeMail({
    subject,
    paragraphs: text
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.trim())
      .filter(Boolean),
    footnote: `${from} of ${writer.network} wrote this to people of the cohort ${name}.${answer}`,
  })
}
