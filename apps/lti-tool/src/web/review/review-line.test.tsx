// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import type { SessionSeen } from '@copractice/core/directory'
import type { ReviewPage, ReviewToWrite } from '@copractice/core/review'
import { AppTheme, createI18n } from '@copractice/ui'
import { SeenProvider } from '../directory/session-provider.tsx'
import { resources } from '../words.ts'
import { ReviewHead } from './review-head.tsx'
import { ReviewLine } from './review-line.tsx'

const at = new Date('2026-03-01T12:00:00Z')
const review = {
  assignmentId: 'a',
  roundId: 'r',
  roundTitle: 'Plan',
  number: 1,
  of: 3,
  reviewUntil: at,
  timeZone: 'UTC',
  criteriaMarked: 0,
  criteria: 4,
  open: false,
  isHidden: false,
  savedAt: null,
  filedAt: null,
} as unknown as ReviewToWrite

afterEach(cleanup)

it.each([
  ['never written, round closed', {}, 'Look at the work', 'The time for reviews is over.'],
  ['begun, round closed', { savedAt: at, criteriaMarked: 2 }, 'Look at the work', 'The time for reviews is over.'],
  ['sent', { savedAt: at, filedAt: at }, 'Read it again', /^Sent /],
  ['taken off its reviewer', { isHidden: true }, 'Look at the work', /^Your instructor took this review off you\./],
  ['sent and set aside', { isHidden: true, filedAt: at }, 'Read it again', /^Your instructor set this review aside\./],
  ['begun, still open', { open: true, savedAt: at }, 'Go on', /Due /],
])('calls what a review that is %s leads to by its own word', (_state, changed, word, state) => {
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <AppTheme>
        <ReviewLine review={{ ...review, ...changed }} />
      </AppTheme>
    </I18nextProvider>,
  )
  expect(screen.getByRole('link').textContent).toBe(`${word}: Your 1st review of 3`)
  expect(screen.getByText(state)).toBeTruthy()
})

it.each([
  ['says when it is due as long as it is to send', {}, 1],
  ['says nothing of it once it was sent', { filedAt: at }, 0],
])('the head of the page of a review %s', (_state, changed, times) => {
  const page = {
    ...review,
    open: true,
    reviewUntil: new Date(Date.now() + 86_400_000),
    anonymity: 'double',
    author: null,
  }
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <AppTheme>
        <SeenProvider value={{ cohort: null } as unknown as SessionSeen}>
          <ReviewHead review={{ ...page, ...changed } as unknown as ReviewPage} save={null} />
        </SeenProvider>
      </AppTheme>
    </I18nextProvider>,
  )
  expect(screen.queryAllByText(/^Due /)).toHaveLength(times)
})
