// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSession, type Renewed } from './create-session.ts'

const KEY = 'copractice.session'
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const write = (session: unknown) => {
  document.body.innerHTML = `<script type="application/json" id="session">${JSON.stringify(session)}</script>`
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  document.body.innerHTML = ''
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a launched page', () => {
  it('takes its session out of the page and goes on after a reload', () => {
    write({ token: 'abc', expiresAt: soon(60).toISOString() })
    expect(createSession().token()).toBe('abc')
    expect(document.getElementById('session')).toBeNull()
    expect(createSession().token()).toBe('abc')
  })

  it('holds it in memory where the browser blocks storage', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    write({ token: 'abc', expiresAt: soon(60).toISOString() })
    expect(createSession().token()).toBe('abc')
  })

  it('holds none when what is stored is over or unreadable', () => {
    sessionStorage.setItem(KEY, JSON.stringify({ token: 'old', expiresAt: soon(-1).toISOString() }))
    expect(createSession().state()).toBe('none')
    sessionStorage.setItem(KEY, '{')
    expect(createSession().state()).toBe('none')
  })
})

describe('renewing', () => {
  it('begins twenty minutes before the end, not earlier', async () => {
    write({ token: 'abc', expiresAt: soon(60).toISOString() })
    const session = createSession()
    const renew = vi.fn<() => Promise<{ token: string; expiresAt: Date }>>(async () => ({
      token: 'def',
      expiresAt: soon(60),
    }))
    const stop = session.keepRenewed(renew)
    await vi.advanceTimersByTimeAsync(38 * 60_000)
    expect(renew).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(3 * 60_000)
    expect(renew).toHaveBeenCalledOnce()
    expect(session.token()).toBe('def')
    stop()
  })

  it('asks again within two minutes where no answer comes, also behind another window', async () => {
    write({ token: 'abc', expiresAt: soon(19).toISOString() })
    const renew = vi
      .fn<() => Promise<Renewed | 'later'>>()
      .mockReturnValueOnce(new Promise(() => {}))
      .mockResolvedValueOnce('later')
      .mockResolvedValue({ token: 'def', expiresAt: soon(60) })
    const session = createSession()
    const stop = session.keepRenewed(renew)
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    expect(session.token()).toBe('def')
    await vi.advanceTimersByTimeAsync(45 * 60_000)
    expect(renew).toHaveBeenCalledTimes(3)
    hidden.mockRestore()
    stop()
  })

  it('tells its listeners when the session has ended, and forgets the token', async () => {
    write({ token: 'abc', expiresAt: soon(1).toISOString() })
    const session = createSession()
    const listener = vi.fn<() => void>()
    session.subscribe(listener)
    session.keepRenewed(async () => 'ended')
    await vi.advanceTimersByTimeAsync(0)
    expect(session.state()).toBe('ended')
    expect(session.token()).toBeNull()
    expect(sessionStorage.getItem(KEY)).toBeNull()
    expect(listener).toHaveBeenCalled()
  })
})
