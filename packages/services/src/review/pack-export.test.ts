import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { packExport } from './pack-export.ts'

it('disarms what begins like a formula, also behind blanks and line breaks, and leaves numbers and plain words', () => {
  const said = ['=1+1\nfoo', '\n=1', ' =1', '@SUM(A1)', '\t=1']
  const marks = [...said, 'one = two', -1].map((comment) => ({
    review: 1,
    criterion: 'voice',
    title: 'Voice',
    points: -1,
    of: 10,
    weight: 1,
    comment,
  }))
  const tables = { people: [], works: [], reviews: [], marks }
  const round = { title: 'Plan', reviewsPerSubmission: 2, anonymity: 'double', rubric: { criteria: [] } }
  const { bytes } = packExport({ round, tables, purpose: 'teaching' } as never, 'csv')
  const csv = strFromU8(unzipSync(bytes)['marks.csv']!)
  for (const text of said) expect(csv).toContain(`,"'${text}"`)
  expect(csv).toContain(',one = two\r\n')
  expect(csv).toContain(',-1,10,1,-1\r\n')
})
