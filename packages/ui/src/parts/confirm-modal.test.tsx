// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import { AppTheme } from '../theme/app-theme.tsx'
import type { CallProblem } from '../api/create-api.ts'
import { createI18n } from '../words/create-i18n.ts'
import { ConfirmModal } from './confirm-modal.tsx'
import { ProblemNotice } from './notices.tsx'

afterEach(cleanup)

/** Its button goes once what it asks for is done; `holdsAll` takes the dialog with it, as a page asked for anew may. */
function Sends({ holdsAll = false }: { holdsAll?: boolean }) {
  const [isAsking, setIsAsking] = useState(false)
  const [isSent, setIsSent] = useState(false)
  if (isSent && holdsAll) return null
  return (
    <>
      {!isSent && (
        <button type="button" onClick={() => setIsAsking(true)}>
          Send three
        </button>
      )}
      <ConfirmModal
        isOpen={isAsking}
        title="Send?"
        confirm="Send"
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsSent(true)
          setIsAsking(false)
        }}
      >
        <p>Three.</p>
      </ConfirmModal>
    </>
  )
}

function press(name: string) {
  const button = screen.getByRole('button', { name })
  button.focus()
  fireEvent.click(button)
}

async function ask(page: React.ReactNode) {
  render(
    <I18nextProvider i18n={createI18n({})}>
      <AppTheme>
        <h1>A round</h1>
        {page}
      </AppTheme>
    </I18nextProvider>,
  )
  press('Send three')
  await screen.findByRole('dialog')
  // The dialog takes the focus when it opens, a moment later.
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
}

it('gives the focus back to the button that opened it', async () => {
  await ask(<Sends />)
  fireEvent.keyUp(document, { keyCode: 27 })
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Send three'))
})

it.each([false, true])(
  'gives it to the heading of its section where that button is gone, the dialog too: %s',
  async (all) => {
    await ask(
      <section>
        <h2>Grades</h2>
        <Sends holdsAll={all} />
      </section>,
    )
    press('Send')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Grades' })))
  },
)

it('gives it to the heading of the page outside any section', async () => {
  await ask(<Sends />)
  press('Send')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'A round' })))
})

/** Fails each time it is sent, and holds the problem as long as the page stands. */
function Fails() {
  const [isAsking, setIsAsking] = useState(false)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  return (
    <>
      <button type="button" onClick={() => setIsAsking(true)}>
        Send three
      </button>
      <ConfirmModal
        isOpen={isAsking}
        title="Send?"
        confirm="Send"
        onClose={() => setIsAsking(false)}
        onConfirm={() => setProblem({ code: 'offline' } as CallProblem)}
      >
        <p>Three.</p>
        {problem && <ProblemNotice problem={problem} />}
      </ConfirmModal>
    </>
  )
}

it('leaves what failed behind when it is closed, and says it again when it fails again', async () => {
  await ask(<Fails />)
  press('Send')
  expect(await screen.findByRole('status')).toBeTruthy()
  fireEvent.keyUp(document, { keyCode: 27 })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  press('Send three')
  await screen.findByRole('dialog')
  expect(screen.queryByRole('status')).toBeNull()
  press('Send')
  expect(await screen.findByRole('status')).toBeTruthy()
})
