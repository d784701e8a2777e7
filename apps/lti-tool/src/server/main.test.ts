import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb, runSql } from '@copractice/store/testing'

vi.setConfig({ testTimeout: 60_000 })
const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** The tool as a process; its log is one JSON object a line. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { LTI_TOOL_URL: 'https://space.example', COPRACTICE_SECRET: 'x'.repeat(40), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(...text.split('\n').filter(Boolean)))
  const ended = once(child, 'exit').then(([code]) => code as number)
  const says = (message: string) =>
    vi.waitFor(
      () =>
        expect(said.map((line) => JSON.parse(line) as { msg: string })).toContainEqual(
          expect.objectContaining({ msg: message }),
        ),
      {
        timeout: 30_000,
        interval: 50,
      },
    )
  return { child, said, ended, says }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

it('ends with one line and code 1 when the database cannot be reached, without its password', async () => {
  const { ended, said } = start({ DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/none' })
  expect(await ended).toBe(1)
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/DATABASE_URL cannot be used: .*ECONNREFUSED/)
  expect(said[0]).not.toContain('hunter2')
})

describe.skipIf(!inject('postgresUrl'))('on Postgres', () => {
  let open: OpenDatabase, DATABASE_URL: string
  beforeAll(async () => {
    open = await openTestDb()
    if (open.connection.kind === 'postgres') DATABASE_URL = open.connection.url
  })
  afterAll(() => open.close())

  it('answers when it is ready, and SIGTERM ends it with code 0', async () => {
    const port = await freePort()
    const { child, ended, says } = start({ DATABASE_URL, LTI_TOOL_PORT: String(port) })
    await says('the tool is ready')
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('ok')
    const jwks = await fetch(`http://127.0.0.1:${port}/lti/jwks.json`)
    expect(jwks.status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('ends with one clear line and code 1 when its port is taken', async () => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { ended, said } = start({
      DATABASE_URL,
      LTI_TOOL_PORT: String(port),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'a@x.example',
    })
    expect(await ended).toBe(1)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`Port ${port} is in use. Stop what uses it, or set LTI_TOOL_PORT to another port.`)
    taken.close()
  })

  it('ends with code 1 when its jobs cannot begin, instead of listening to people whom it cannot answer', async () => {
    const other = await openTestDb()
    if (other.connection.kind !== 'postgres') throw new Error('no Postgres')
    await runSql(other.db, 'create schema pgboss; create table pgboss.version (of_another_kind int)')
    const { ended, said } = start({ DATABASE_URL: other.connection.url, LTI_TOOL_PORT: String(await freePort()) })
    expect(await ended).toBe(1)
    expect(said.at(-1)).toContain('"level":60')
    await other.close()
  })
})
