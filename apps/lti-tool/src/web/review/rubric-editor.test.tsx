// @vitest-environment jsdom
import { useEffect, useState } from 'react'
import { cleanup, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import { createI18n, LiveProvider } from '@copractice/ui'
import { resources } from '../words.ts'
import { criteriaFields, type CriterionFields } from './criterion-fields.ts'
import { RubricEditor } from './rubric-editor.tsx'
import { startingRubric } from './starting-rubric.ts'
import { useWords } from './say.ts'

const seen: { criteria: readonly CriterionFields[] } = { criteria: [] }

function Editor() {
  const say = useWords()
  const [held, hold] = useState(() => criteriaFields(startingRubric(say)))
  useEffect(() => {
    seen.criteria = held
  }, [held])
  return <RubricEditor criteria={held} problems={{}} onChange={hold} onReset={() => undefined} />
}

function open() {
  render(
    <I18nextProvider i18n={createI18n(resources)}>
      <LiveProvider>
        <Editor />
      </LiveProvider>
    </I18nextProvider>,
  )
  return userEvent.setup()
}
afterEach(cleanup)

const titles = () => seen.criteria.map(({ title }) => title)
const press = (name: string) => screen.getByRole('button', { name })

it('offers four criteria with four levels each, and says what a review can give', () => {
  open()
  expect(screen.getAllByRole('group', { name: /^Criterion/ })).toHaveLength(4)
  expect(screen.getByText(/at most 20 points/)).toBeTruthy()
})

it('removes a criterion, and brings it back by undo', async () => {
  const user = open()
  const before = titles()
  await user.click(press('Remove criterion 2'))
  expect(titles()).toEqual([before[0], before[2], before[3]])
  await user.click(press('Undo'))
  expect(titles()).toEqual(before)
})

it('moves criteria and keeps their ids, which marks refer to', async () => {
  const user = open()
  await user.click(press('Move criterion 1 down'))
  expect(seen.criteria.map(({ id }) => id)).toEqual(['c2', 'c1', 'c3', 'c4'])
})

it('gives a new criterion an id that none has, also after one was removed', async () => {
  const user = open()
  await user.click(press('Remove criterion 1'))
  await user.click(press('Add a criterion'))
  expect(new Set(seen.criteria.map(({ id }) => id)).size).toBe(4)
})

it('keeps at least two levels and at most six', async () => {
  const user = open()
  const first = within(screen.getByRole('group', { name: 'Criterion 1' }))
  await user.click(first.getByRole('button', { name: 'Add a level' }))
  await user.click(first.getByRole('button', { name: 'Add a level' }))
  expect(seen.criteria[0]!.levels.map(({ points }) => points)).toEqual(['1', '3', '4', '5', '6', '7'])
  expect(first.queryByRole('button', { name: 'Add a level' })).toBeNull()
  for (let removed = 0; removed < 4; removed += 1)
    await user.click(first.getByRole('button', { name: 'Remove level 1' }))
  expect(first.queryByRole('button', { name: /^Remove level/ })).toBeNull()
})
