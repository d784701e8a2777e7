import type { RouteOutput } from '@copractice/core/kernel'
import { releaseAnewRoute, type RoundDetail, type scoresRoute, spelt } from '@copractice/core/review'
import { useNow, useSend, useTell } from '@copractice/ui'
import { AskDate } from './ask-date.tsx'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

type Course = RouteOutput<typeof scoresRoute>['courses'][number]
type Changes = NonNullable<NonNullable<Course['release']>['changes']>
type Props = Readonly<{ round: RoundDetail; course: Course; changes: Changes; until: Date }>

const WEEK_MS = 7 * 86_400_000

/** Grades worked out anew in the place of those told, after a look at each that changes. */
export function ReleaseAnew({ round: { roundId, timeZone }, course, changes, until: before }: Props) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const now = useNow()
  const release = useSend(releaseAnewRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('release.anewDone') }),
  })
  const { courseId } = course
  const { fingerprint, grades, shown } = changes
  return (
    <AskDate
      button={say('release.anew')}
      weight="secondary"
      title={say('release.anewAsk', { course: course.title ?? course.institution })}
      dateLabel={say('release.until')}
      // Whoever's grade changes has time to ask about it.
      first={() => new Date(Math.max(before.getTime(), now.getTime() + WEEK_MS))}
      timeZone={timeZone}
      sending={release}
      sayRefusal={refusals}
      onPick={(appealsUntil, done) =>
        release.mutate({ params: { roundId, courseId }, body: { appealsUntil, fingerprint } }, done)
      }
    >
      <p>{say('release.anewText', { count: grades })}</p>
      <ChangesTable shown={shown} />
      {grades > shown.length && <p className="small">{say('release.more', { count: grades - shown.length })}</p>}
    </AskDate>
  )
}

function ChangesTable({ shown }: Pick<Changes, 'shown'>) {
  const say = useScoreWords()
  const points = (grade: number | null) => (grade === null ? say('release.none') : spelt(grade))
  return (
    <table className="table">
      <caption className="vh">{say('release.anewTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('release.who')}</th>
          <th scope="col">{say('release.what')}</th>
          <th scope="col" className="num">
            {say('release.before')}
          </th>
          <th scope="col" className="num">
            {say('release.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ person, column, before, after }) => (
          <tr key={`${person.personId} ${column}`}>
            <th scope="row">{person.name ?? say('noName')}</th>
            <td>{say(`column.${column}`)}</td>
            <td className="num">{points(before)}</td>
            <td className="num">{points(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
