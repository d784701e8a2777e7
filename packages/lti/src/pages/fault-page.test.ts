import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { createLti } from '../create-lti.ts'

let open: OpenDatabase
let url: string
let close = () => {}
const lines: string[] = []

beforeAll(async () => {
  open = await openTestDb()
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  const secrets = ['a secret of more than thirty-two characters'] as const
  const lti = createLti({ db: open.db, publicUrl: 'https://space.example', secrets, allowLocalPlatforms: true, log })
  const nobody = () => Promise.reject(new Error('nobody comes in'))
  const app = express().use(lti.routes({ frameAncestors: nobody, admit: nobody, onLaunch: nobody }))
  // As the server around it does with what is not for people.
  app.use(((_error, _req, res, _next) => void res.status(500).json({})) satisfies express.ErrorRequestHandler)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = () => server.close().closeAllConnections()
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await open.db.destroy()
})
afterAll(async () => {
  close()
  await open.close()
})

it('says to who was on the way in that something of ours is broken, with the reference that the log has', async () => {
  const body = new URLSearchParams({
    iss: 'https://lms.example',
    login_hint: 'h',
    target_link_uri: 'https://space.example/lti/launch',
  })
  const response = await fetch(`${url}/lti/login`, { method: 'POST', body })
  const text = await response.text()
  expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8'])
  expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(text).toContain('We could not open this just now')
  const reference = /class="ref">([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(text)?.[1]
  expect(lines.map((line) => (JSON.parse(line) as { reference: string }).reference)).toEqual([reference])
  expect(text).not.toMatch(/destroyed|driver/)
})

it('tells an LMS that reads our keys by the status alone', async () => {
  const response = await fetch(`${url}/lti/jwks.json`)
  expect([response.status, await response.json()]).toEqual([500, {}])
})
