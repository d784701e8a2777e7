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

/**
 * Its button goes once what it asks for is done, with the dialog or when the `answer` comes; `holdsAll` takes the dialog with it,
 * as a page asked for anew may.
 */
function Sends({ holdsAll = false, answer }: { holdsAll?: boolean; answer?: Promise<void> }) {
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
          if (answer) void answer.then(() => setIsSent(true))
          else setIsSent(true)
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

/** Sent, the dialog closed and the focus back on its button, which `comes` takes away. */
async function sentAndBack() {
  const { promise, resolve } = Promise.withResolvers<void>()
  await ask(<Sends answer={promise} />)
  press('Send')
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Send three'))
  return {
    comes: async () => {
      resolve()
      await waitFor(() => expect(screen.queryByRole('button', { name: 'Send three' })).toBeNull())
    },
  }
}

it('gives it to the heading where the button goes later, with the answer', async () => {
  const answer = await sentAndBack()
  await new Promise((waited) => void setTimeout(waited, 100))
  await answer.comes()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'A round' })))
})

it('leaves the focus alone once something else was pressed', async () => {
  const answer = await sentAndBack()
  fireEvent.pointerDown(document.body)
  await answer.comes()
  await new Promise((waited) => void setTimeout(waited, 50))
  expect(document.activeElement).toBe(document.body)
})

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
