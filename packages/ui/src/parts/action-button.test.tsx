// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import { AppTheme } from '../theme/app-theme.tsx'
import { ActionButton, TextButton } from './action-button.tsx'

afterEach(cleanup)

const Buttons = { ActionButton, TextButton }

/** A button that makes room for a form; with `takes`, the form's field takes the focus itself. */
function MakesRoom({ kind, takes = false }: { kind: keyof typeof Buttons; takes?: boolean }) {
  const [isOpen, setIsOpen] = useState(false)
  const Button = Buttons[kind]
  return (
    <section>
      <h2>Details</h2>
      {isOpen ? (
        <form>
          <input aria-label="Name" ref={(field) => (takes ? field?.focus() : undefined)} />
          <Button onClick={() => setIsOpen(false)}>Cancel</Button>
        </form>
      ) : (
        <Button onClick={() => setIsOpen(true)}>Change</Button>
      )}
    </section>
  )
}

function press(name: string) {
  const button = screen.getByRole('button', { name })
  button.focus()
  fireEvent.click(button)
}

const focused = () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label')

it.each(['ActionButton', 'TextButton'] as const)(
  'a pressed %s that makes room hands the focus on to the heading it stood under, on the way out too',
  async (kind) => {
    render(<AppTheme>{<MakesRoom kind={kind} />}</AppTheme>)
    press('Change')
    await waitFor(() => expect(focused()).toBe('Details'))
    press('Cancel')
    expect(document.activeElement).toBe(document.body)
    await waitFor(() => expect(focused()).toBe('Details'))
  },
)

it('leaves the focus to the field that took it', async () => {
  render(<AppTheme>{<MakesRoom kind="ActionButton" takes />}</AppTheme>)
  press('Change')
  await new Promise((passed) => void setTimeout(passed, 50))
  expect(focused()).toBe('Name')
})

it('goes on to the heading of what comes in the place of all that stood there, once it is there', async () => {
  const { rerender } = render(<AppTheme>{<ActionButton>Take a seat</ActionButton>}</AppTheme>)
  screen.getByRole('button').focus()
  rerender(<AppTheme>{<h1>A seat</h1>}</AppTheme>)
  await waitFor(() => expect(focused()).toBe('A seat'))
  rerender(<AppTheme>{<p>Loading</p>}</AppTheme>)
  await new Promise((passed) => void setTimeout(passed, 50))
  rerender(<AppTheme>{<h1>Welcome</h1>}</AppTheme>)
  await waitFor(() => expect(focused()).toBe('Welcome'))
})
