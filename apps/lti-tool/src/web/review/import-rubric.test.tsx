// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { exportRubric, importRubric } from '@copractice/core/review'
import { callTo, show } from '@copractice/ui/testing'
import { resources } from '../words.ts'
import { ImportRubric } from './import-rubric.tsx'

const level = (points: number) => ({ points, label: 'Some', descriptor: '' })
const criterion = (id: string) => ({ id, title: id, description: '', levels: [0, 5].map(level), commentRequired: true })
const good = () =>
  JSON.parse(exportRubric({ title: 'Plan', note: '', rubric: { criteria: ['a', 'b'].map(criterion) } }))

const id = '00000000-0000-4000-8000-000000000001'
const KEPT = {
  rubricId: id,
  rubricVersionId: id,
  number: 1,
  criteria: ['a', 'b'],
  points: 10,
  rounds: 0,
  changedAt: '2026-11-22T06:00:00.000Z',
  archivedAt: null,
  versions: [],
  openRounds: [],
}

/** The page with the rule itself behind it, as the server has it. */
function open() {
  const done: unknown[] = []
  const call = callTo(async (_url, init) => {
    const read = importRubric(JSON.parse(init.body as string).text)
    const [body, status] = read.ok ? [{ ...KEPT, ...read.value }, 200] : [read.refusal, 422]
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  show(<ImportRubric onDone={(rubric) => done.push(rubric)} />, resources, call)
  const user = userEvent.setup()
  const choose = (text: string, name = 'plan.json') =>
    user.upload(screen.getByLabelText(/Read a rubric/), new File([text], name, { type: 'application/json' }))
  return { choose, done }
}
afterEach(cleanup)

it('says every fault at once, in words, with the field and what stands there', async () => {
  const { choose } = open()
  const file = good()
  file.rubric.criteria[1].levels[0].points = 'six'
  file.rubric.criteria[1].levels[1].label = ''
  file.rubric.criteria[0].weigth = 2
  delete file.title
  await choose(JSON.stringify(file))
  expect(await screen.findByText(/“plan.json” has 4 things to mend/)).toBeTruthy()
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'The file: title must be a text of 1 to 200 characters. It is missing.',
    'Criterion 1: weigth is not a part we know here, so what it says would be lost. Is it spelt as in an export?',
    'Criterion 2, level 1: points must be a number between 0 and 1,000. The file says "six".',
    'Criterion 2, level 2: label must be a text of 1 to 80 characters. The file says "".',
  ])
})

it('says of a file that is none what it is, and takes the next one', async () => {
  const { choose, done } = open()
  await choose('{\n"title": "Plan",\n}')
  expect(await screen.findByText(/is not JSON/)).toBeTruthy()
  expect(screen.getByText('It can be read as far as line 3.')).toBeTruthy()
  await choose('{"format":"a-poem"}')
  expect(await screen.findByText('It says of itself that it is “a-poem”.')).toBeTruthy()
  await choose('{"format":"copractice-rubric","version":3}')
  expect(await screen.findByText(/in version 3 of the file format, and we read version 1/)).toBeTruthy()
  await choose('x'.repeat(1_200_000), 'film.json')
  expect(await screen.findByText(/“film.json” has 1.2 MB/)).toBeTruthy()
  expect(screen.queryByText(/version 3/)).toBeNull()
  await choose(JSON.stringify(good()))
  await expect.poll(() => done).toMatchObject([{ title: 'Plan' }])
  expect(screen.queryByText(/film.json/)).toBeNull()
})
