import type { CohortGlanced } from '@copractice/core/cohort'
import { csvLine } from '../convening/registrations-csv.ts'

type Page = Readonly<{ items: readonly CohortGlanced[]; next: string | null }>

const COLUMNS = [
  'Cohort',
  'Theme',
  'Region',
  'Status',
  'Seats taken',
  'Seats',
  'Waitlist',
  'Chairs',
  'Campuses and organisations',
  'Next meeting',
  'Minutes held',
  'Minutes planned',
  'Last heard',
  'Silent',
  'Submission deadline',
  'Readiness',
  'Campuses without an LMS',
  'To look into',
]

const row = (cohort: CohortGlanced): string =>
  csvLine([
    cohort.name,
    cohort.theme,
    cohort.region.name,
    cohort.status,
    String(cohort.seats.taken),
    String(cohort.seats.capacity),
    String(cohort.seats.waitlisted),
    String(cohort.seats.chairs),
    cohort.institutions.map(({ name, people }) => `${name} (${people})`).join('; '),
    cohort.nextMeetingAt?.toISOString() ?? '',
    String(cohort.minutes.held),
    String(cohort.minutes.planned),
    cohort.lastHeardAt.toISOString(),
    cohort.silentSince ? 'yes' : 'no',
    cohort.submissionDeadline?.toISOString() ?? '',
    cohort.readiness.state.replaceAll('_', ' '),
    cohort.campuses
      .filter(({ lms }) => lms === 'none')
      .map(({ name }) => name)
      .join('; '),
    cohort.concerns.map((concern) => concern.replaceAll('_', ' ')).join('; '),
  ])

/** The cohorts as CSV, page by page, so that no size of it has to fit in memory. Begins with a mark that says UTF-8. */
export async function* glanceCsv(pageAfter: (after: string | undefined) => Promise<Page>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(COLUMNS)}`
  for (let page = await pageAfter(undefined); ; page = await pageAfter(page.next)) {
    yield page.items.map(row).join('')
    if (!page.next) return
  }
}
