import { createTransport } from 'nodemailer'
import type { DeliverMail } from './send-waiting-mail.ts'

/** `smtpUrl` as in `smtps://user:password@mail.example:465`; `from` as in `Copractice <space@example.org>`. */
export type PostOfficeOptions = Readonly<{ smtpUrl: string; from: string }>

/** Delivers by SMTP over a few kept connections. */
export function openPostOffice({ smtpUrl, from }: PostOfficeOptions): { deliver: DeliverMail; close: () => void } {
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      // What people wrote goes out as text; it never names a file or an address for us to read.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    deliver: async ({ unsubscribeUrl, ...mail }) => {
      const headers = unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }
      await transport.sendMail({ ...mail, ...(headers && { headers }) })
    },
    close: () => transport.close(),
  }
}
