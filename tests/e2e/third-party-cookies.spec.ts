import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './journey.ts'

test('the browser of these journeys keeps no third-party cookie unless it is partitioned', async ({ page }) => {
  const heard: string[] = []
  const inFrame = await serve((req, res) => {
    heard.push(req.headers.cookie ?? '')
    const attributes = 'Path=/; Secure; HttpOnly; SameSite=None'
    res.setHeader('set-cookie', [`plain=1; ${attributes}`, `own=1; ${attributes}; Partitioned`])
    res.setHeader('content-type', 'text/html').end('<p>in a frame</p>')
  })
  const outside = await serve((_req, res) => {
    res.setHeader('content-type', 'text/html').end(`<iframe src="http://localhost:${inFrame.port}/"></iframe>`)
  })
  for (let visit = 1; visit <= 2; visit++) {
    await page.goto(`http://127.0.0.1:${outside.port}/`)
    await expect(page.frameLocator('iframe').getByText('in a frame')).toBeVisible()
  }
  expect(heard.filter((cookie) => cookie !== '')).toEqual(['own=1'])
  inFrame.close()
  outside.close()
})

async function serve(answer: RequestListener): Promise<{ port: number; close: () => void }> {
  const server = createServer((req, res) => (req.url === '/' ? answer(req, res) : res.writeHead(404).end()))
  server.listen(0)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}
