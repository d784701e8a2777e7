import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import express from 'express'
import { expect, it } from 'vitest'
import { listen } from './listen.ts'

it('closing answers what is under way, has it sent elsewhere after that, and does not wait for kept connections', async () => {
  const app = express()
  let answer = () => {}
  const isAsked = new Promise<void>((resolve) => {
    app.get('/slow', (_req, res) => {
      answer = () => void res.send('done')
      resolve()
    })
  })
  app.get('/quick', (_req, res) => void res.send('done'))
  const server = await listen(app, 0, 'PORT', '127.0.0.1')
  const balancer = new Agent({ keepAlive: true })
  const ask = async (path: string) => {
    const asked = request({ port: server.port, path, agent: balancer }).end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    return response
  }
  const quick = await ask('/quick')
  expect(quick.headers.connection).toBe('keep-alive')
  // An idle connection lasts longer with us than with a balancer in front.
  expect(quick.headers['keep-alive']).toBe('timeout=75')
  const slow = ask('/slow')
  await isAsked
  const began = performance.now()
  const closed = server.close()
  answer()
  expect((await slow).headers.connection).toBe('close')
  await closed
  expect(performance.now() - began).toBeLessThan(1500)
  await expect(ask('/quick')).rejects.toThrow('ECONNREFUSED')
  balancer.destroy()
})
