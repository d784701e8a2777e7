import type { LearnerScores } from '@copractice/core/review'
import { usePersonName } from './person-name.ts'
import { useWords } from './say.ts'

/** How one learner's two scores came about, in sentences with the numbers in them. */
export function ScoreWorking(props: { learner: LearnerScores; workMaximum: number; reviewingMaximum: number }) {
  const { learner, workMaximum, reviewingMaximum } = props
  const { person, work, reviewing } = learner
  const say = useWords()
  const nameOf = usePersonName()
  const percent = (value: number | null) => Math.round(value ?? 0)
  return (
    <section className="work small stack">
      <h3>{say('scores.worked', { name: person.name ?? say('run.noName') })}</h3>
      <p>
        {work.points === null
          ? say('scores.workNone')
          : say('scores.workIs', {
              marks: work.marks.map((mark) => percent(mark.percent)).join(', '),
              percent: percent(work.percent),
              points: work.points,
              maximum: workMaximum,
            })}
      </p>
      <ul>
        {reviewing.parts.map(({ author, basis, given, othersMean, share }, place) => (
          <li key={place}>
            {say(`scores.part.${basis}`, {
              author: author ? nameOf(author) : say('scores.part.someone'),
              given: percent(given),
              others: percent(othersMean),
              share: Math.round(share * 100),
            })}
          </li>
        ))}
      </ul>
      {reviewing.points !== null && (
        <p>{say('scores.reviewingIs', { points: reviewing.points, maximum: reviewingMaximum })}</p>
      )}
    </section>
  )
}
