import { expect, it } from 'vitest'
import type { ServicePlatform } from '@copractice/store/connection'
import type { Answer } from '../net/outgoing.ts'
import { listKept } from './results.ts'

const COLUMN = 'https://lms.example.edu/api/lti/courses/1/line_items/2'
const LARGE = 2 ** 20
/** A result of a column of 20 points, for a score of 15 written large. */
const result = (userId: string, resultScore: number) => ({ userId, resultScore, resultMaximum: 20 * LARGE })
const ours = 15 * LARGE
const converted = (ours * 20 * LARGE) / 20

/** The pages of an LMS, each with where it says that the next one is; and what was asked for. */
async function list(profile: string, pages: readonly (readonly [string, readonly object[], string?])[]) {
  const asked: string[] = []
  const call = async (_need: string, { url }: { url: string }) => {
    asked.push(url)
    const page = pages.find(([at]) => at === url)
    const text = JSON.stringify(page?.[1])
    return { status: page ? 200 : 503, text, header: () => page?.[2] ?? null } as Partial<Answer> as Answer
  }
  const told = await listKept(call, { profile } as ServicePlatform, COLUMN, new Date())
  return [told.kind === 'read' ? told.userIds : told.kind, asked]
}

it('finds whose grade was kept on every page of a column’s results, and goes to no other place for the next', async () => {
  const [first, second] = [`${COLUMN}/results?limit=100`, `${COLUMN}/results?limit=100&page=2`]
  const onFirst = [result('a', converted), result('b', ours), result('c', 12 * 20), { userId: 'd', resultScore: null }]
  const link = `<${first}>; rel="current", <${second}>; rel="next"`
  const elsewhere = '<https://elsewhere.example/results>; rel="next"'
  const last = [result('e', converted), { userId: 'f', resultScore: 3, resultMaximum: 20 }]
  expect(
    await list('canvas', [
      [first, onFirst, link],
      [second, last, elsewhere],
    ]),
  ).toEqual([
    ['a', 'e'],
    [first, second],
  ])
  expect(await list('canvas', [[first, onFirst, link]])).toEqual(['unreachable', [first, second]])
  expect(await list('moodle', [])).toEqual([[], []])
})
