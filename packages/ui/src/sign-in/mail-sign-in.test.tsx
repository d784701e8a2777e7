// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import { AppTheme } from '../theme/app-theme.tsx'
import { createI18n } from '../words/create-i18n.ts'
import { AskForLink } from './mail-sign-in.tsx'
import { takeToken } from './take-token.ts'

afterEach(cleanup)

/** Its words are their own keys, so that a sentence is known by what it is. */
function Asks({ onEmail }: { onEmail: (email: string) => void }) {
  const [isSent, setIsSent] = useState(false)
  const send = (email: string) => {
    onEmail(email)
    setIsSent(true)
  }
  return (
    <AskForLink
      say={(key, values) => [key, ...Object.values(values ?? {})].join(' ')}
      sayRefusal={() => null}
      problem={undefined}
      isBusy={false}
      holdsMinutes={isSent ? 15 : undefined}
      onEmail={send}
      onAgain={() => setIsSent(false)}
    />
  )
}

it('asks for a link once what is written is an address, and keeps it to ask again', () => {
  const asked: string[] = []
  render(
    <I18nextProvider i18n={createI18n({})}>
      <AppTheme>
        <Asks onEmail={(email) => asked.push(email)} />
      </AppTheme>
    </I18nextProvider>,
  )
  const field = () => screen.getByRole<HTMLInputElement>('textbox')
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
  fireEvent.change(field(), { target: { value: 'denise' } })
  expect(screen.queryByText('signIn.emailNeeded')).toBeNull()
  press('signIn.send')
  expect(screen.getByText('signIn.emailNeeded')).toBeTruthy()
  fireEvent.change(field(), { target: { value: ' Denise@Tenth.example ' } })
  press('signIn.send')
  expect(asked).toEqual(['denise@tenth.example'])
  expect(screen.getByText('signIn.sent Denise@Tenth.example 15')).toBeTruthy()
  press('signIn.again')
  expect(field().value.trim()).toBe('Denise@Tenth.example')
})

it('the token of a link is taken out of the address', () => {
  window.history.replaceState(null, '', '/sign-in#secret')
  expect(takeToken()).toBe('secret')
  expect(window.location.href).toMatch(/\/sign-in$/)
  expect(takeToken()).toBeNull()
})
