import {
  openPasskeys,
  openSignIn,
  type EmailSignIn,
  type Passkeys,
  type ProvedBy,
} from '@copractice/services/directory'
import { queueMail, writeMail } from '@copractice/services/notice'
import type { Db } from '@copractice/store/database'
import { findPeopleByEmail, type PersonByEmail } from '@copractice/store/directory'

type Deps = Readonly<{ db: Db; secret: string; clock: () => Date }>

const linkMail = (url: string, where: string) =>
  writeMail({
    subject: `Your link to sign in to ${where}`,
    paragraphs: ['Hello,', `Follow this link to sign in to ${where}. It works once, within 15 minutes.`],
    action: { label: 'Sign in', url },
    footnote: 'If you did not ask for it, there is nothing you need to do: nobody is signed in without it.',
  })

const APP_NAME = 'Copractice admin'

/** Sign-in to this app: only for those with a grant in some network, and those who write a proposal. */
export function openAdminSignIn(
  { db, secret, clock }: Deps,
  adminUrl: string,
): Readonly<{
  signIn: EmailSignIn
  passkeys: Passkeys
  /** Whom an address that an institution vouched for makes them. */
  peopleThrough: (email: string, by: ProvedBy) => Promise<readonly PersonByEmail[]>
}> {
  const browsers = {
    db,
    baseUrl: adminUrl,
    secret,
    cookiePrefix: 'copractice-admin',
    staysSignedInDays: 7,
    peopleOf: (email: string) => findPeopleByEmail(db, email, 'admitted', 'own'),
    peopleThrough: (email: string, by: ProvedBy) => findPeopleByEmail(db, email, 'admitted', by),
  }
  const signIn = openSignIn({
    ...browsers,
    sendLink: async ({ email, url, people }) => {
      const { networkId } = people[0]!
      await queueMail(db, { ...linkMail(url, APP_NAME), to: email, networkId }, clock())
    },
  })
  const { peopleThrough } = browsers
  return { signIn, passkeys: openPasskeys({ ...browsers, appName: APP_NAME }), peopleThrough }
}

/** Asks for a link to the space on somebody's behalf; the space's own server spends it. */
export function openSpaceLinks({ db, secret, clock }: Deps, spaceUrl: string): (email: string) => Promise<void> {
  const signIn = openSignIn({
    db,
    baseUrl: spaceUrl,
    secret,
    cookiePrefix: 'copractice-space',
    staysSignedInDays: 30,
    peopleOf: (email) => findPeopleByEmail(db, email),
    sendLink: async ({ email, url, people }) => {
      const { networkId } = people[0]!
      await queueMail(db, { ...linkMail(url, 'your cohort'), to: email, networkId }, clock())
    },
  })
  return async (email) => {
    await signIn.request(email, { address: 'coordinator', now: clock() })
  }
}
