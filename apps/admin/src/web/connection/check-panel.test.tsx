// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  CHECK_CODES,
  CHECK_STEPS,
  checkConnection,
  type CheckStep,
  type ConnectionCheck,
} from '@copractice/core/connection'
import { InstitutionId, PlatformId } from '@copractice/core/kernel'
import { ApiProvider, AppTheme, createApi, createI18n, createQueryClient, LiveProvider } from '@copractice/ui'
import { resources } from '../words.ts'
import { CheckPanel } from './check-panel.tsx'
import { sayStep, type LmsName } from './check-words.ts'

vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const step = (name: CheckStep['step'], code: CheckStep['code'] = null): CheckStep => ({
  step: name,
  state: code ? 'fail' : 'ok',
  code,
  facts: { count: 3, detail: 'It broke.' },
})
const at = new Date('2026-11-22T12:00:00Z')
const checked = (steps: CheckStep[]): ConnectionCheck => ({ startedAt: at, finishedAt: at, steps })

function show(check: ConnectionCheck | null, lms: LmsName = 'canvas') {
  const asked: string[] = []
  const call = createApi({
    baseUrl: '',
    getToken: () => null,
    onSessionEnded: () => undefined,
    fetch: async (url) => {
      asked.push(url as string)
      const steps = CHECK_STEPS.map((name) => step(name))
      return Response.json(z.encode(checkConnection.response, checked(steps)), { status: 201 })
    },
  })
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <AppTheme>
        <ApiProvider call={call} client={createQueryClient()}>
          <LiveProvider>
            <CheckPanel
              institutionId={InstitutionId.parse(id(1))}
              platformId={PlatformId.parse(id(2))}
              lms={lms}
              check={check}
            />
          </LiveProvider>
        </ApiProvider>
      </AppTheme>
    </I18nextProvider>,
  )
  return asked
}

it('says that it was not run yet, and runs it for this connection', async () => {
  const asked = show(null)
  expect(screen.getByText('Not run yet.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Run the self-test' }))
  expect(asked[0]).toContain(`/api/institutions/${id(1)}/connections/${id(2)}/check`)
})

it('puts what stops first, with what to do in that LMS, and steps that found the same together', () => {
  const steps = [
    step('confirmed'),
    step('scope_score', 'check.scope_missing'),
    step('scope_roster', 'check.scope_missing'),
    step('clock', 'check.clock_too_far'),
  ]
  show(checked(steps), 'moodle')
  const titles = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)
  expect(titles.slice(0, 2)).toEqual(['Access: send scores, Access: names and roles', 'Clocks'])
  const [first] = screen.getAllByRole('listitem')
  expect(within(first!).getByText(/Manage tools, edit Copractice, Services/)).toBeTruthy()
  expect(within(first!).getByText('check.scope_missing')).toBeTruthy()
})

it('has words for every step and every code, in each LMS, without gaps', () => {
  const facts = { count: 1, seconds: 1, theirs: 'x', ours: 'x', detail: 'x', refusal: 'x', scope: 'x', at: 'x' }
  for (const lms of ['canvas', 'moodle', 'other'] as const)
    for (const one of [...CHECK_STEPS.map((name) => step(name)), ...CHECK_CODES.map((code) => step('clock', code))]) {
      const { title, found, todo } = sayStep({ ...one, facts }, lms)
      expect([title, found, todo ?? ''].join(' ')).not.toMatch(/\{\{|\b(title|found|ok|do)\./)
      expect(Boolean(todo)).toBe(one.code !== null)
    }
})
