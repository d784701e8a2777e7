// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { readLms } from './lms.tsx'

const written = (lms: unknown) => {
  document.body.innerHTML = `<script type="application/json" id="session">${JSON.stringify({ token: 't', lms })}</script>`
}
afterEach(() => {
  vi.restoreAllMocks()
  sessionStorage.clear()
  document.body.innerHTML = ''
})

it('is read from the page of a launch and outlives a reload, also where nothing can be kept until then', () => {
  const told = { locale: 'es', returnUrl: 'https://lms.example/courses/1', highContrast: true }
  written(told)
  expect(readLms()).toEqual(told)
  document.body.innerHTML = ''
  expect(readLms()).toEqual(told)

  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  written({ ...told, locale: 'nl' })
  expect(readLms().locale).toBe('nl')
})

it('leads back to web addresses only', () => {
  for (const returnUrl of ['javascript:alert(1)', 'data:text/html,x', '//lms.example', 7]) {
    written({ locale: null, returnUrl, highContrast: 'true' })
    expect(readLms()).toEqual({ locale: null, returnUrl: null, highContrast: false })
  }
})
