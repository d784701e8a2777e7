import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

const env = {
  DATABASE_URL: 'postgres://copractice@db.example/copractice',
  LTI_TOOL_URL: 'https://space.example/',
  COPRACTICE_SECRET: 'x'.repeat(40),
}

it('listens on 3001 unless told otherwise, ADMIN_PORT before PORT', () => {
  expect(readConfig(env)).toMatchObject({
    port: 3001,
    adminUrl: 'http://localhost:3001',
    spaceUrl: 'https://space.example',
  })
  expect(readConfig({ ...env, PORT: '80', ADMIN_PORT: '4001' }).port).toBe(4001)
})

it('reaches LMSs as the space does, and knows when its job makes the next key', () => {
  const told = { ALLOW_LOCAL_PLATFORMS: '1', KEY_ROTATION_DAYS: '30', COPRACTICE_SECRETS_BEFORE: 'y'.repeat(40) }
  expect(readConfig({ ...env, ...told })).toMatchObject({
    allowLocalPlatforms: true,
    keyRotationDays: 30,
    secretsBefore: ['y'.repeat(40)],
  })
  expect(readConfig(env)).toMatchObject({ allowLocalPlatforms: false, keyRotationDays: 90, secretsBefore: [] })
  expect(() => readConfig({ ...env, COPRACTICE_SECRETS_BEFORE: 'secret' })).toThrow(/SECRETS_BEFORE/)
})

it.each([
  ['DATABASE_URL', 'mysql://secret@x'],
  ['LTI_TOOL_URL', 'secret'],
  ['COPRACTICE_SECRET', 'secret'],
  ['ADMIN_PORT', 'secret'],
])('names %s and keeps its value to itself', (name, value) => {
  const refused = () => readConfig({ ...env, [name]: value })
  expect(refused).toThrow(name)
  expect(refused).not.toThrow(/secret/)
})
