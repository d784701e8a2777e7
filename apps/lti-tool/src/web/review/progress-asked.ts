import type { MatrixSort } from '@copractice/core/review'

/** What of a large round one looks at. */
export type ProgressAsked = Readonly<{
  search: string
  sort: MatrixSort
  page: number
  section: string
  peoplePage: number
}>
export const NOTHING_ASKED: ProgressAsked = { search: '', sort: 'name', page: 1, section: '', peoplePage: 1 }
