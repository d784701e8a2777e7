import type { ReactNode } from 'react'
import {
  spelt,
  type Mark,
  type PassageNote,
  type ReviewRead,
  type Rubric,
  type SelfAssessment,
} from '@copractice/core/review'
import { LetterBadge, StatusPill } from '@copractice/ui'
import { PassageText } from './passage-text.tsx'
import { usePersonName } from './person-name.ts'
import { useWritingWords } from './say-writing.ts'
import { useWords } from './say.ts'

/** Reviews to read, one card each, in their order. `below` adds what this reader can do with one. */
export function ReviewsRead(props: {
  reviews: readonly ReviewRead[]
  rubric: Rubric
  mean: number | null
  workMaximum: number
  below?: (review: ReviewRead) => ReactNode
}) {
  const { reviews, rubric, mean, workMaximum, below } = props
  const say = useWords()
  return (
    <>
      {mean !== null && <p className="result">{say('received.mean', { mean: spelt(mean), maximum: workMaximum })}</p>}
      <div className="received">
        {reviews.map((review) => (
          <OneReview key={review.key} review={review} rubric={rubric}>
            {below?.(review)}
          </OneReview>
        ))}
      </div>
    </>
  )
}

function OneReview({ review, rubric, children }: { review: ReviewRead; rubric: Rubric; children: ReactNode }) {
  const say = useWords()
  const sayMore = useWritingWords()
  const nameOf = usePersonName()
  const { number, reviewer, marks, comment, percent, passages, isHidden } = review
  const title = reviewer ? say('received.from', { number, name: nameOf(reviewer) }) : say('received.nth', { number })
  return (
    <article className="card" aria-label={title}>
      <div className="card-head">
        <h3 className="row">
          {reviewer && <LetterBadge mark={reviewer.campus} small />}
          {title}
        </h3>
        {isHidden ? (
          <StatusPill tone="warn">{sayMore('read.hidden')}</StatusPill>
        ) : (
          <span className="num">{say('received.percent', { percent: Math.round(percent) })}</span>
        )}
      </div>
      <MarksRead marks={marks} rubric={rubric} />
      {comment && (
        <>
          <h4 className="small">{say('received.overall')}</h4>
          <p className="voice said">{comment}</p>
        </>
      )}
      <NotesRead passages={passages} />
      {children}
    </article>
  )
}

/** What a review says, criterion by criterion, in the rubric's order. */
export function MarksRead({ marks, rubric }: { marks: readonly Mark[]; rubric: Rubric }) {
  const say = useWords()
  return (
    <dl className="marks">
      {rubric.criteria.map(({ id, title, levels }) => {
        const mark = marks.find(({ criterionId }) => criterionId === id)
        const level = levels.find(({ points }) => points === mark?.points)
        return (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              <strong className="small">{level ? `${level.points} · ${level.label}` : say('received.noMark')}</strong>
              {mark?.comment && <p className="voice said">{mark.comment}</p>}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** A review's notes at passages, each with the words or the place it is about. */
export function NotesRead({ passages, level = 4 }: { passages: readonly PassageNote[]; level?: 3 | 4 }) {
  const say = useWritingWords()
  const Title = `h${level}` as const
  if (passages.length === 0) return null
  return (
    <>
      <Title className="small notes-head">{say('read.passages')}</Title>
      <ul className="plain notes-read">
        {passages.map(({ number, at, text }) => (
          <li key={number}>
            <p className="quote small">
              {at.kind === 'text' ? `“${at.quote}”` : say('read.place', { place: at.place })}
            </p>
            <p className="voice said">{text}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The work with everybody's notes as marks in it, and the notes as a list beside. */
export function WorkWithNotes({ body, reviews }: { body: string; reviews: readonly ReviewRead[] }) {
  const say = useWritingWords()
  const notes = reviews
    .flatMap((review) =>
      review.passages.flatMap(({ at, text }) => (at.kind === 'text' ? { ...at, text, from: review.number } : [])),
    )
    .toSorted((a, b) => a.start - b.start)
    .map((note, index) => ({ ...note, number: index + 1 }))
  if (notes.length === 0) return null
  return (
    <div className="with-notes">
      <PassageText body={body} passages={notes} notes="said-" />
      <ol className="plain note-list" aria-label={say('read.notes')}>
        {notes.map(({ number, text, from }) => (
          <li key={number} id={`said-${number}`}>
            <a href={`#said-at-${number}`} className="note-n">
              <span className="vh">{say('passage.mark')} </span>
              {number}
            </a>
            <div>
              <p className="voice said">{text}</p>
              <p className="small muted">{say('read.fromReview', { number: from })}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** An author's own marks beside the mean of their peers', criterion by criterion. In no score. */
export function SelfBeside(props: {
  assessment: SelfAssessment
  reviews: readonly ReviewRead[]
  rubric: Rubric
  isOwn: boolean
}) {
  const { assessment, reviews, rubric, isOwn } = props
  const say = useWritingWords()
  const pointsOf = (marks: readonly Mark[], id: string) => marks.find((mark) => mark.criterionId === id)?.points
  const counted = reviews.filter(({ isHidden }) => !isHidden)
  return (
    <div className="self-beside">
      <div>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('self.criterion')}</th>
              <th scope="col">{say(isOwn ? 'self.you' : 'self.author')}</th>
              <th scope="col">{say('self.peers')}</th>
            </tr>
          </thead>
          <tbody>
            {rubric.criteria.map(({ id, title }) => {
              const peers = counted.flatMap(({ marks }) => pointsOf(marks, id) ?? [])
              const mean = peers.length > 0 ? peers.reduce((sum, points) => sum + points, 0) / peers.length : null
              const comment = assessment.marks.find(({ criterionId }) => criterionId === id)?.comment
              return (
                <tr key={id}>
                  <th scope="row">
                    {title}
                    {comment && <p className="small voice">{comment}</p>}
                  </th>
                  <td className="num">{pointsOf(assessment.marks, id) ?? '–'}</td>
                  <td className="num">{mean === null ? '–' : spelt(mean)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {assessment.comment && <p className="voice said">{assessment.comment}</p>}
      <p className="hint">{say('self.noScore')}</p>
    </div>
  )
}
