// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { InOrder } from './in-order.tsx'

beforeAll(() => {
  const style = document.createElement('style')
  style.textContent = readFileSync(join(import.meta.dirname, '../theme/loading.css'), 'utf8')
  document.head.append(style)
})
afterEach(cleanup)

const part = (name: string, isThere: boolean) => (
  <section key={name} aria-label={name}>
    {isThere ? <p>{name}</p> : <div className="lines" />}
  </section>
)
const isSeen = (name: string) => getComputedStyle(screen.getByLabelText(name)).display !== 'none'

it('shows a part once all above it has come', async () => {
  const { rerender } = render(<InOrder>{[part('Pairings', false), part('Teams', true)]}</InOrder>)
  expect([isSeen('Pairings'), isSeen('Teams')]).toEqual([true, false])
  rerender(<InOrder>{[part('Pairings', true), part('Teams', true)]}</InOrder>)
  await waitFor(() => expect(isSeen('Teams')).toBe(true))
})

it('hides nothing again that was shown, where a part comes in above it', async () => {
  const { rerender } = render(<InOrder>{[part('Pairings', true), part('Teams', true)]}</InOrder>)
  rerender(
    <InOrder>{[part('Pairings', true), part('Flags', false), part('Scores', true), part('Teams', true)]}</InOrder>,
  )
  expect(['Flags', 'Scores', 'Teams'].map(isSeen)).toEqual([true, false, true])
})
