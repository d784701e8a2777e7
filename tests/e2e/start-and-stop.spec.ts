import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './journey.ts'
import { PORTS as BUSY, type Ports } from './addresses.ts'
import { startDemo, stopDemo } from './start-demo.ts'
import { newPage } from './visit.ts'

const PORTS = { tool: 4400, admin: 4401, canvas: 4410, moodle: 4420 }
const CANVAS = `http://127.0.0.1:${PORTS.canvas}`

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copractice-start-'))
})
const started: ChildProcess[] = []
const start = async () => {
  const demo = await startDemo(folder, PORTS)
  started.push(demo)
  return demo
}
test.afterEach(async () => {
  for (const demo of started.splice(0)) await stopDemo(demo, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('what was acknowledged is there after kill -9, the second start takes under 10 seconds, and Ctrl-C ends it cleanly', async ({
  browser,
}) => {
  const first = await start()
  const page = await newPage(browser)
  const answer = 'I let go of the last word.'
  const openSpace = async () => {
    await page.goto(`${CANVAS}/courses/cep-610/links/willow`)
    return page.frameLocator('iframe[data-tool]')
  }
  let tool = await openSpace()
  await tool.getByLabel('Your answer').fill(answer)
  await tool.getByRole('button', { name: 'Post to the cohort' }).click()
  await expect(tool.getByText(answer)).toBeVisible()
  await expect(tool.getByLabel('Your answer')).toHaveValue('')
  await stopDemo(first, 'SIGKILL')

  const began = Date.now()
  const second = await start()
  expect(Date.now() - began).toBeLessThan(10_000)
  tool = await openSpace()
  await expect(tool.getByText(answer)).toBeVisible()

  const refused = await run({
    COPRACTICE_FOLDER: folder,
    ...portsAs({ tool: 4500, admin: 4501, canvas: 4510, moodle: 4520 }),
  })
  expect(refused).toEqual({ code: 1, lines: [expect.stringMatching(/is in use by process \d+/)] })
  expect(await stopDemo(second, 'SIGINT')).toBe(0)
})

test('a port in use is one clear line and exit code 1', async () => {
  const holder = createServer().listen(PORTS.moodle, '127.0.0.1')
  await once(holder, 'listening')
  const refused = await run({ COPRACTICE_FOLDER: folder, ...portsAs(PORTS) })
  expect(refused).toEqual({
    code: 1,
    lines: [`Port ${PORTS.moodle} is in use. Stop what uses it, or set MOODLE_PORT to another port.`],
  })
  holder.close()
})

test('a DATABASE_URL that nobody answers is one clear line and exit code 1', async () => {
  const refused = await run({
    COPRACTICE_FOLDER: folder,
    DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/none',
    ...portsAs(PORTS),
  })
  expect(refused).toEqual({ code: 1, lines: [expect.stringMatching(/^DATABASE_URL cannot be used/)] })
  expect(refused.lines.join()).not.toContain('hunter2')
})

test('a DATABASE_URL that is none is one clear line and exit code 1', async () => {
  const refused = await run({ COPRACTICE_FOLDER: folder, DATABASE_URL: 'mysql://x', ...portsAs(BUSY) })
  expect(refused).toEqual({ code: 1, lines: [expect.stringMatching(/^DATABASE_URL cannot be used/)] })
})

const portsAs = ({ tool, admin, canvas, moodle }: Ports) => ({
  LTI_TOOL_PORT: String(tool),
  ADMIN_PORT: String(admin),
  CANVAS_PORT: String(canvas),
  MOODLE_PORT: String(moodle),
})

async function run(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const demo = spawn(process.execPath, ['apps/demo/src/start.ts'], { cwd: root, env: { ...process.env, ...env } })
  let said = ''
  for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(demo, 'exit')) as [number | null]
  return { code, lines: said.trim().split('\n') }
}
