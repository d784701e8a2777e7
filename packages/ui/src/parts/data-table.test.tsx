// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it, vi } from 'vitest'
import { AppTheme } from '../theme/app-theme.tsx'
import { createI18n } from '../words/create-i18n.ts'
import { DataTable } from './data-table.tsx'

afterEach(cleanup)
afterEach(() => vi.unstubAllGlobals())

const columns = ['Learner', 'Why', 'Will be'].map((head) => ({
  id: head,
  head,
  isHead: head === 'Learner',
  cell: (row: Record<string, string>) => row[head],
}))

const open = () =>
  render(
    <I18nextProvider i18n={createI18n({})}>
      <AppTheme>
        <DataTable
          caption="Grades"
          columns={columns}
          rows={[{ Learner: 'Ana', Why: '', 'Will be': '12' }]}
          rowKey={({ Learner }) => Learner}
        />
      </AppTheme>
    </I18nextProvider>,
  )

it('leaves an empty value out on phones, and keeps the label of what follows it', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  open()
  expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['Will be: 12'])
})

it('keeps the empty cell of a table', () => {
  open()
  expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['', '12'])
})
