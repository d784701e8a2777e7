import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

const env = {
  DATABASE_URL: 'postgres://copractice@db.example/copractice',
  LTI_TOOL_URL: 'https://space.example/',
  COPRACTICE_SECRET: 'x'.repeat(40),
}

it('has an answer to everything but the database, the address and the secret', () => {
  expect(readConfig(env)).toMatchObject({
    port: 3000,
    publicUrl: 'https://space.example',
    adminUrl: undefined,
    secrets: ['x'.repeat(40)],
    smtp: undefined,
    trustedProxies: 0,
    keyRotationDays: 90,
    allowLocalPlatforms: false,
  })
  for (const name of Object.keys(env)) expect(() => readConfig({ ...env, [name]: undefined })).toThrow(name)
})

it('listens on LTI_TOOL_PORT before PORT, keeps former secrets, and mails with SMTP_URL and MAIL_FROM', () => {
  const more = { PORT: '80', LTI_TOOL_PORT: '4000', COPRACTICE_SECRETS_BEFORE: 'y'.repeat(32) }
  const mail = { SMTP_URL: 'smtps://u:p@mail.example', MAIL_FROM: 'Copractice <space@x.example>' }
  expect(readConfig({ ...env, ...more, ...mail })).toMatchObject({
    port: 4000,
    secrets: [env.COPRACTICE_SECRET, 'y'.repeat(32)],
    smtp: { smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM },
  })
  expect(() => readConfig({ ...env, SMTP_URL: mail.SMTP_URL })).toThrow('MAIL_FROM')
})

it.each([
  ['DATABASE_URL', 'mysql://hunter2@x'],
  ['LTI_TOOL_URL', 'hunter2'],
  ['ADMIN_URL', 'hunter2'],
  ['COPRACTICE_SECRET', 'hunter2'],
  ['COPRACTICE_SECRETS_BEFORE', 'hunter2'],
  ['LTI_TOOL_PORT', 'hunter2'],
  ['KEY_ROTATION_DAYS', 'hunter2'],
  ['SMTP_URL', 'http://hunter2'],
  ['ALLOW_LOCAL_PLATFORMS', 'hunter2'],
])('names %s and keeps its value to itself', (name, value) => {
  const refused = () => readConfig({ ...env, [name]: value })
  expect(refused).toThrow(name)
  expect(refused).not.toThrow(/hunter2/)
})
