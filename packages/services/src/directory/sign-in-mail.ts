import { LINK_HOLDS_MINUTES } from '@copractice/core/directory'
import { writeMail, type MailWritten } from '../notice/index.ts'

/** `app`: what the link opens, as a noun with its article ("your cohort’s space"). */
export function signInMail({ app, url }: Readonly<{ app: string; url: string }>): MailWritten {
  return writeMail({
    subject: 'Your link to sign in',
    paragraphs: [
      `Here is your link to ${app}. It works once and holds for ${LINK_HOLDS_MINUTES} minutes.`,
      'Open it in the browser where you want to be signed in.',
    ],
    action: { label: 'Sign in', url },
    footnote: 'You did not ask for this? Then nothing is needed: without the link nobody gets in.',
  })
}

/** Tells the address of a new way in, so that somebody who did not make it can take it away. `url`: where that is done. */
export function passkeyAddedMail({
  app,
  name,
  url,
}: Readonly<{ app: string; name: string; url: string }>): MailWritten {
  return writeMail({
    subject: `A passkey for ${app} was added`,
    paragraphs: [`“${name}” signs in to ${app} with your address from now on.`],
    action: { label: 'See your passkeys', url },
    footnote: 'You did not add it? Then sign in, remove it, and tell your network’s office.',
  })
}
