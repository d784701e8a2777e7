import type { Fault, LogEntry, SimulatedCourse, SimulatedPerson } from '../options.ts'
import { isGraded, mayTeach, type Platform } from '../platform.ts'
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { columnHead, openBook, scoreCell } from './score-cell.ts'
import { coursePath, shell } from './shell.ts'
import { clockTime } from './tell-time.ts'

type Place = { course: SimulatedCourse; person: SimulatedPerson }
/** Entries of "What arrived" on the page. */
const SHOWN = 30

/** The faults of the switch, each for the next ten answers. */
export const SWITCH: Record<string, { label: string; fault: Fault | null }> = {
  normal: { label: 'Normal', fault: null },
  busy: { label: 'Too busy (429)', fault: { kind: 'busy', retryAfterSeconds: 2, count: 10 } },
  error: { label: 'Broken (500)', fault: { kind: 'error', count: 10 } },
  latency: { label: 'Slow, 5 seconds', fault: { kind: 'latency', milliseconds: 5_000, count: 10 } },
  reset_after: { label: 'Applies, then drops the line', fault: { kind: 'reset_after', count: 10 } },
  reset_before: { label: 'Drops the line at once', fault: { kind: 'reset_before', count: 10 } },
  expired_token: { label: 'Forgets its token', fault: { kind: 'expired_token', count: 10 } },
}

function teacherTable(platform: Platform, place: Place, learners: SimulatedPerson[]): Html {
  const book = openBook(platform, place)
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Gradebook, wide table">
    <table class="gb">
      <thead>
        <tr>
          <th scope="col">Learner</th>
          ${book.columns.map((column) => columnHead(book, column))}
        </tr>
      </thead>
      <tbody>
        ${learners.map(
          (person) =>
            html`<tr>
              <th scope="row">${person.name}</th>
              ${book.columns.map((column) => scoreCell(book, column, person))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function isOfCourse(entry: LogEntry, course: SimulatedCourse): boolean {
  if (entry.service === 'token') return entry.status !== 200
  return entry.courseId === course.id && entry.service !== 'authorization'
}

function arrived(platform: Platform, { course, person }: Place): Html {
  const entries = platform.state.log.filter((entry) => isOfCourse(entry, course)).slice(-SHOWN)
  return html`<section aria-labelledby="h-ev">
    <h2 id="h-ev">What arrived</h2>
    ${
      entries.length === 0
        ? html`<p>Nothing yet. Scores, rosters and columns that tools ask for are listed here as they come.</p>`
        : html`<div class="scroll" role="region" tabindex="0" aria-label="What arrived, wide table">
            <table class="ev">
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">Message</th>
                  <th scope="col">Answer</th>
                </tr>
              </thead>
              <tbody>
                ${entries.toReversed().map(
                  ({ at, message, answer }) =>
                    html`<tr>
                      <td>${clockTime(at, person.timeZone)}</td>
                      <td>${message}</td>
                      <td>${answer}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

function misbehave(platform: Platform, course: SimulatedCourse): Html {
  const current = platform.faults.current()
  const now =
    current === undefined ? 'Normal now.' : `${SWITCH[current.kind]?.label ?? current.kind}: ${current.count} more.`
  return html`<section class="card" aria-labelledby="h-mis">
    <h2 id="h-mis">Make it misbehave</h2>
    <form method="post" action="${coursePath(course, '/fault')}">
      <div class="field">
        <label for="fault">The next ten answers</label>
        <select id="fault" name="fault" aria-describedby="fault-now">
          ${Object.entries(SWITCH).map(
            ([name, { label }]) =>
              html`<option value="${name}" ${name === (current?.kind ?? 'normal') && html`selected`}>${label}</option>`,
          )}
        </select>
      </div>
      <p class="row"><button class="btn">Set</button> <span id="fault-now" role="status">${now}</span></p>
    </form>
    <p class="hint">
      Copractice must still deliver each score once. Its delivery log tells the same story from the other side.
    </p>
  </section>`
}

function teacherPage(platform: Platform, place: Place): Html {
  const { course } = place
  const learners = course.people.filter(isGraded).toSorted((a, b) => a.name.localeCompare(b.name))
  const path = coursePath(course, '/grades')
  return shell(platform, {
    title: 'Grades',
    path,
    place,
    main: html`<div class="head">
        <div>
          <h1>Gradebook, ${course.label}</h1>
          <p class="small">
            ${learners.length} ${learners.length === 1 ? 'learner' : 'learners'}. Outlined scores arrived within the
            last minute.
          </p>
        </div>
        <a class="btn" href="${path}">${icon('again')}Look again</a>
      </div>
      ${teacherTable(platform, place, learners)}
      <div class="under">${arrived(platform, place)}${misbehave(platform, course)}</div>`,
  })
}

function learnerPage(platform: Platform, place: Place): Html {
  const { course, person } = place
  const book = openBook(platform, place)
  return shell(platform, {
    title: 'Grades',
    path: coursePath(course, '/grades'),
    place,
    main: html`<h1>Grades for ${person.name}</h1>
      <div class="scroll" role="region" tabindex="0" aria-label="Grades, wide table">
        <table class="gb own">
          <thead>
            <tr>
              <th scope="col">Assignment</th>
              <th scope="col" class="num">Score</th>
              <th scope="col" class="num">Out of</th>
            </tr>
          </thead>
          <tbody>
            ${book.columns
              .filter((column) => book.kept(column)?.unpublished !== true)
              .map(
                (column) =>
                  html`<tr>
                    <th scope="row">${column.label}</th>
                    ${scoreCell(book, column, person)}
                    <td class="num">${column.scoreMaximum}</td>
                  </tr>`,
              )}
          </tbody>
        </table>
      </div>`,
  })
}

/** Teachers see the gradebook, what arrived and the fault switch; everybody else their own grades. */
export function gradesPage(platform: Platform, place: Place): Html {
  return mayTeach(place.person) ? teacherPage(platform, place) : learnerPage(platform, place)
}
