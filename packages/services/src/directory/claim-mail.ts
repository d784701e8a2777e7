import { CLAIM_CODE_MINUTES, MERGE_UNDO_DAYS } from '@copractice/core/directory'
import { writeMail, type MailWritten } from '../notice/index.ts'

/** Brings the code to type. It names nobody, and there is no link in it: a stranger's request can be left alone. */
export function claimCodeMail({ code }: Readonly<{ code: string }>): MailWritten {
  return writeMail({
    subject: 'Your code to join your invitation with your LMS course',
    paragraphs: [
      'Somebody opened Copractice from an LMS course and said that the invitation to this address is theirs. If that is you, type this code on that page:',
      `${code.slice(0, 4)} ${code.slice(4)}`,
      `It holds for ${CLAIM_CODE_MINUTES} minutes, and only the newest one counts. From then on your LMS account and this address are one person.`,
      'Give it to nobody, and type it nowhere but on the page that you opened from your own course yourself. Nobody of Copractice or of your institution will ask you for it.',
    ],
    footnote: 'You did not ask for this? Then nothing is needed: without the code nothing is joined.',
  })
}

/** Said to both addresses afterwards. */
export function claimedMail({ email }: Readonly<{ email: string }>): MailWritten {
  return writeMail({
    subject: 'Your invitation and your LMS account are joined',
    paragraphs: [
      `The invitation to ${email} and an account of an LMS course are one person in Copractice now: seats and work are together, and the course and a link by mail both open them.`,
      `Was this not you? Write to your network’s administrator, who can take it apart for ${MERGE_UNDO_DAYS} days.`,
    ],
  })
}
