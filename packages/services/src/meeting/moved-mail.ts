import { spellTime, writeMail, type MailWritten } from '../notice/index.ts'

type Told = Readonly<{
  title: string
  cohort: string
  was: Date
  startsAt: Date
  timeZone: string
  place: string | null
  joinUrl: string | null
  /** It is where it was before somebody moved it. */
  isBack: boolean
  /** They said they come; the others lead the cohort. */
  comes: boolean
}>

/** To those who come and those who lead: a coordinator moved the meeting, or put it back. */
export function movedMail(meeting: Told, readerZone: string | null): MailWritten {
  const { title, cohort, was, startsAt, timeZone, place, joinUrl, isBack, comes } = meeting
  const spell = (at: Date) => spellTime(at, timeZone, readerZone)
  const where = [...(place ? [place] : []), ...(joinUrl ? [`online at ${joinUrl}`] : [])].join(', or ')
  return writeMail({
    subject: isBack ? `Back at its first time: ${title}` : `Another time: ${title}`,
    paragraphs: [
      isBack
        ? `“${title}” of ${cohort} takes place at its first time after all.`
        : `“${title}” of ${cohort} has been moved.`,
      `When: ${spell(startsAt)}. It was set for ${spell(was)}.`,
      `Where: ${where}.`,
    ],
    footnote: comes
      ? `You said you would come. You can change your answer in the space of ${cohort}.`
      : `You lead ${cohort}. Those who said they would come were written to as well.`,
  })
}
