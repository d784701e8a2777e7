// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useMailedToken } from './use-mailed-token.ts'

afterEach(cleanup)
beforeEach(() => window.history.replaceState(null, '', '/sign-in'))

function followHere(address: string) {
  window.history.replaceState(null, '', address)
  act(() => void window.dispatchEvent(new HashChangeEvent('hashchange')))
}

it('takes the token that the page was opened with, and out of the address', () => {
  window.history.replaceState(null, '', '/sign-in#first')
  const { result } = renderHook(useMailedToken)
  expect(result.current.token).toBe('first')
  expect(window.location.href).not.toContain('first')
})

it('takes the one of a link that comes into the tab that asked for it, and holds it until it is forgotten', () => {
  const { result } = renderHook(useMailedToken)
  expect(result.current.token).toBeNull()
  followHere('/sign-in#second')
  expect(result.current.token).toBe('second')
  expect(window.location.hash).toBe('')
  followHere('/sign-in#')
  expect(result.current.token).toBe('second')
  act(() => result.current.forget())
  expect(result.current.token).toBeNull()
})

it('leaves alone what follows the # of another page', () => {
  const { result } = renderHook(useMailedToken)
  followHere('/home#h-prompt')
  expect(result.current.token).toBeNull()
  expect(window.location.hash).toBe('#h-prompt')
})
