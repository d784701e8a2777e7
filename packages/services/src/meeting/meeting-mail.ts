import type { MeetingPlan } from '@copractice/core/meeting'
import { writeMail, type MailWritten } from '../notice/index.ts'
import { spellTime } from '../notice/spell-time.ts'

type Told = Pick<MeetingPlan, 'title' | 'startsAt' | 'timeZone' | 'place' | 'joinUrl'> &
  Readonly<{ cohort: string; kind: 'moved' | 'cancelled' }>

/** For those who said they come: the meeting is at another time or place, or does not take place. */
export function meetingMail(meeting: Told, readerZone: string | null): MailWritten {
  const { title, startsAt, timeZone, place, joinUrl, cohort, kind } = meeting
  const when = spellTime(startsAt, timeZone, readerZone)
  const footnote = `You said you would come. You can change your answer in the space of ${cohort}.`
  if (kind === 'cancelled') {
    return writeMail({
      subject: `Not taking place: ${title}`,
      paragraphs: [`“${title}” of ${cohort}, set for ${when}, does not take place.`],
    })
  }
  const where = [...(place ? [place] : []), ...(joinUrl ? [`online at ${joinUrl}`] : [])].join(', or ')
  return writeMail({
    subject: `Another time or place: ${title}`,
    paragraphs: [`“${title}” of ${cohort} has changed.`, `When: ${when}.`, `Where: ${where}.`],
    footnote,
  })
}
