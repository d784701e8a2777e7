export { queueMail, type Mail } from './queue-mail.ts'
export { writeMail, type MailWords, type MailWritten } from './write-mail.ts'
