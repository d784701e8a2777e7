import { LINK_HOLDS_MINUTES } from '@copractice/core/directory'
import type { ProposalId } from '@copractice/core/kernel'
import { writeMail, type MailWritten } from '../notice/index.ts'

type About = Readonly<{ title: string; adminUrl: string; proposalId: ProposalId }>

const named = (title: string) => (title.trim() ? `“${title.trim()}”` : 'a community of practice')
const linkTo = (label: string, { adminUrl, proposalId }: About) => ({
  label,
  url: `${adminUrl}/proposals/${proposalId}`,
})
const SIGN_IN = 'Sign in with this e-mail address: we mail you a link, there is no password.'

/** To an address nobody proved: what somebody typed does not stand in its subject. */
export const invitedToWriteMail = (about: About & Readonly<{ byName: string | null }>): MailWritten =>
  writeMail({
    subject: 'Write together: a proposal to host a community of practice',
    paragraphs: [
      'Hello,',
      `${about.byName ?? 'Somebody'} shares the draft of a proposal with you: ${named(about.title)}. You can both write in it at the same time.`,
      'Until you open it, nobody sees more of you there than the name and the address that were typed; then they see your name and your campus.',
      SIGN_IN,
    ],
    action: linkTo('Read the draft', about),
    footnote:
      'You get this because your address was given in the proposal. If you do not want to take part, there is nothing you need to do.',
  })

export const sentMail = (
  about: About & Readonly<{ hosts: readonly { name: string }[]; isAgain: boolean }>,
): MailWritten =>
  writeMail({
    subject: `${about.isAgain ? 'Sent again' : 'A proposal waits for you'}: ${about.title}`,
    paragraphs: [
      'Hello,',
      `${about.hosts.map(({ name }) => name).join(', ')} ${about.isAgain ? 'changed the proposal and sent it again' : 'would like to host a community of practice'}: ${named(about.title)}.`,
    ],
    action: linkTo('Read the proposal', about),
  })

const VERDICT = {
  approved: { subject: 'Approved', say: 'is approved. The community, its cohorts and their meetings are made.' },
  changes_asked: { subject: 'Changes asked', say: 'came back to you: its coordinator asks for changes.' },
  declined: { subject: 'Declined', say: 'was declined.' },
} as const

export function decidedMail(
  about: About & Readonly<{ name: string | null; verdict: keyof typeof VERDICT; text: string; page: string | null }>,
): MailWritten {
  const { subject, say } = VERDICT[about.verdict]
  return writeMail({
    subject: `${subject}: ${about.title}`,
    paragraphs: [
      about.name ? `Hello ${about.name},` : 'Hello,',
      `Your proposal ${named(about.title)} ${say}`,
      ...(about.text ? [`The coordinator writes: ${about.text}`] : []),
      ...(about.page ? [`Its public page: ${about.page}`] : []),
      SIGN_IN,
    ],
    action: linkTo(about.verdict === 'changes_asked' ? 'Open the draft' : 'Open the proposal', about),
  })
}

export const helpAskedMail = (about: About & Readonly<{ text: string }>): MailWritten =>
  writeMail({
    subject: `A question about a proposal: ${about.title || 'a draft'}`,
    paragraphs: ['Hello,', `Somebody who writes ${named(about.title)} asks: ${about.text}`],
    action: linkTo('Read the draft and answer', about),
  })

export const helpAnsweredMail = (about: About & Readonly<{ text: string }>): MailWritten =>
  writeMail({
    subject: `An answer about your proposal: ${about.title || 'a draft'}`,
    paragraphs: ['Hello,', about.text],
    action: linkTo('Open the draft', about),
  })

export const starterKitMail = (about: About): MailWritten =>
  writeMail({
    subject: `Your starter kit: ${about.title || 'a community of practice'}`,
    paragraphs: [
      'Hello,',
      `The starter kit of ${named(about.title)} is ready: its charter, an agenda for each meeting, prompts, and a calendar. It is made anew from the draft each time it is downloaded.`,
      SIGN_IN,
    ],
    action: linkTo('Download it from the proposal', about),
  })

/** To an address nobody proved, so without the title in its subject. The link proves the address and opens the draft; nothing else does. */
export const startMail = ({ title, url }: Readonly<{ title: string; url: string }>): MailWritten =>
  writeMail({
    subject: 'Open the draft of your proposal',
    paragraphs: [
      'Hello,',
      `This address was given to start the community of practice ${named(title)}. Follow the link to open the draft of its proposal and write on.`,
      `It works once, within ${LINK_HOLDS_MINUTES} minutes. Later, send the form again: what was typed opens with this link alone.`,
    ],
    action: { label: 'Open the draft', url },
    footnote: 'If it was not you, there is nothing you need to do: without the link no draft is opened.',
  })
