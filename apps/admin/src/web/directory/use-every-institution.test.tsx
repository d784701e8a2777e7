// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { callTo, show } from '@copractice/ui/testing'
import { useEveryInstitution } from './use-every-institution.ts'

afterEach(cleanup)

const connection = { state: 'none', profiles: [], invitedAt: null, lastLaunchAt: null, lastErrorCode: null }
const listed = (n: number) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: `Campus ${n}`,
  kind: 'campus',
  letter: 'C',
  colour: 1,
  region: null,
  isMember: true,
  connection,
  people: 0,
})
const pages: Record<string, unknown> = {
  first: { items: [listed(1), listed(2)], next: 'second' },
  second: { items: [listed(3)], next: 'third' },
}

function Names() {
  const { institutions, problem, retry } = useEveryInstitution()
  return (
    <>
      <p>{institutions?.map(({ name }) => name).join(', ') ?? 'nothing yet'}</p>
      {problem && <button onClick={retry}>{problem.code}</button>}
    </>
  )
}

it('offers every institution of a network that has more than one page of them, and asks no more once a page is refused', async () => {
  const asked: string[] = []
  const call = callTo(async (url) => {
    const after = new URL(url, 'http://admin.example').searchParams.get('after') ?? 'first'
    asked.push(after)
    return after in pages ? Response.json(pages[after]) : Response.json({ code: 'not_here' }, { status: 404 })
  })
  show(<Names />, {}, call)
  expect(await screen.findByText('Campus 1, Campus 2, Campus 3')).toBeDefined()
  await expect.poll(() => asked).toEqual(['first', 'second', 'third'])
})

it('tells why there is nothing to choose among, and asks again', async () => {
  let isDown = true
  const call = callTo(async () =>
    isDown
      ? Response.json({ code: 'directory.not_found' }, { status: 404 })
      : Response.json({ items: [listed(1)], next: null }),
  )
  show(<Names />, {}, call)
  const again = await screen.findByRole('button')
  expect(screen.getByText('nothing yet')).toBeDefined()
  isDown = false
  fireEvent.click(again)
  expect(await screen.findByText('Campus 1')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})
