import type { RegistrationListed } from '@copractice/core/convening'

type Page = Readonly<{ items: readonly RegistrationListed[]; next: string | null }>

/** A cell of RFC 4180. A leading sign that a spreadsheet takes for a formula is disarmed with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
/** One row of a CSV file. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

const COLUMNS = [
  'Name',
  'E-mail',
  'Campus or organisation',
  'Affiliation',
  'Interests',
  'Status',
  'Waitlist',
  'Signed up',
]

const row = ({
  person,
  institution,
  affiliation,
  interests,
  status,
  waitlistPlace,
  registeredAt,
}: RegistrationListed) =>
  csvLine([
    person.name ?? '',
    person.email ?? '',
    institution.name,
    affiliation.replaceAll('_', ' '),
    interests,
    status,
    waitlistPlace === null ? '' : String(waitlistPlace),
    registeredAt.toISOString(),
  ])

/** The list as CSV, page by page, so that no size of it has to fit in memory. Begins with a mark that says UTF-8. */
export async function* csvOf(first: Page, nextPage: (after: string) => Promise<Page>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(COLUMNS)}`
  for (let page = first; ;) {
    yield page.items.map(row).join('')
    if (!page.next) return
    page = await nextPage(page.next)
  }
}
