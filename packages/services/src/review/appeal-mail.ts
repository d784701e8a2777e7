import { writeMail, type MailWritten } from '../notice/index.ts'

/** What an appeal's mails may know. Grades and what people wrote stay out of them: mail is read by more than one pair of eyes. */
type Appealed = Readonly<{ round: string; column: 'work' | 'reviewing' }>

const greeting = (name: string | null) => (name ? `Hello ${name},` : 'Hello,')
const GRADE = { work: 'their work', reviewing: 'their reviewing' } as const
const YOUR_GRADE = { work: 'your work', reviewing: 'your reviewing' } as const

/** To the instructors of the learner's course. */
export const appealRaisedMail = (
  { round, column }: Appealed,
  instructor: string | null,
  learner: string | null,
): MailWritten =>
  writeMail({
    subject: `Another look asked for: ${round}`,
    paragraphs: [
      greeting(instructor),
      `${learner ?? 'A learner of your course'} asks for another look at the grade for ${GRADE[column]} in “${round}”.`,
      'Their reason, and where you answer it, is in the round’s scores. Open the round from your course.',
    ],
    footnote: 'You get this because you teach a course in this round.',
  })

/** To the learner. */
export const appealAnsweredMail = ({ round, column }: Appealed, learner: string | null): MailWritten =>
  writeMail({
    subject: `Your question has an answer: ${round}`,
    paragraphs: [
      greeting(learner),
      `You asked for another look at the grade for ${YOUR_GRADE[column]} in “${round}”. Your instructor has answered.`,
      'The answer, and the grade as it is now, is in the round. Open it from your course.',
    ],
    footnote: 'You get this because you asked.',
  })
