import { useEffect, useState } from 'react'
import { scoresRoute, ScoreFilter, ScoreSort, type RoundDetail } from '@copractice/core/review'
import { ActionButton, EmptyState, Loaded, Notice, useRoute } from '@copractice/ui'
import { Agreement } from './score-agreement.tsx'
import { ScoreLook } from './score-look.tsx'
import { ScoreMethodChoice, WeightsForm } from './score-method.tsx'
import { Legend } from './score-plot.tsx'
import { ReleasePart } from './score-release.tsx'
import { ScoreTable } from './score-table.tsx'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'
import './scores.css'

type Asked = Readonly<{ sort: ScoreSort; filter: ScoreFilter; search: string; page: number }>

/** The instructor's own learners: how their scores come about, and everything an instructor does about them. */
export function ScoresPart({ round }: { round: RoundDetail }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const { roundId, workMaximum, phase } = round
  const [asked, setAsked] = useState<Asked>({ sort: 'look', filter: 'all', search: '', page: 1 })
  const [lookedAt, setLookedAt] = useState<string | null>(null)
  const scores = useRoute(
    scoresRoute,
    { params: { roundId }, query: asked },
    { everyMs: phase === 'review' ? 60_000 : false, keepPrevious: true },
  )
  return (
    <section className="blk" id="scores" aria-labelledby="h-scores">
      <h2 id="h-scores">{say('title')}</h2>
      <p className="lede">{say('lede', { maximum: workMaximum })}</p>
      <Loaded from={scores} what={say('loading')} lines={6} sayRefusal={refusals}>
        {({ learners, final, rubric, reviewingMaximum, scoring, agreement, courses, counts, found, pages }) =>
          counts.all === 0 ? (
            <EmptyState title={say('none')} icon="chart">
              {say('noneText')}
            </EmptyState>
          ) : (
            <>
              {!final && (
                <Notice tone="info" icon="clock">
                  {say('notFinal')}
                </Notice>
              )}
              <ScoreMethodChoice roundId={roundId} scoring={scoring} />
              <WeightsForm key={JSON.stringify(scoring.weights)} roundId={roundId} scoring={scoring} />
              <Agreement agreement={agreement} />
              <Toolbar asked={asked} counts={counts} found={found} onAsk={setAsked} />
              {learners.length === 0 ? (
                <EmptyState title={say('noneFound')} />
              ) : (
                <>
                  <Legend />
                  <ScoreTable
                    learners={learners}
                    workMaximum={workMaximum}
                    reviewingMaximum={reviewingMaximum}
                    lookedAt={lookedAt}
                    onLook={(personId) => setLookedAt((before) => (before === personId ? null : personId))}
                  />
                  <Pages
                    page={Math.min(asked.page, pages)}
                    pages={pages}
                    onPage={(page) => setAsked({ ...asked, page })}
                  />
                  {learners
                    .filter(({ person }) => person.personId === lookedAt)
                    .map((learner) => (
                      <ScoreLook
                        key={learner.person.personId}
                        round={round}
                        rubric={rubric}
                        scoring={scoring}
                        learner={learner}
                        onClose={() => setLookedAt(null)}
                      />
                    ))}
                </>
              )}
              <ReleasePart round={round} isFinal={final} courses={courses} />
            </>
          )
        }
      </Loaded>
    </section>
  )
}

type ToolbarProps = Readonly<{
  asked: Asked
  counts: Readonly<Record<ScoreFilter, number>>
  found: number
  onAsk: (asked: Asked) => void
}>

function Toolbar({ asked, counts, found, onAsk }: ToolbarProps) {
  const say = useScoreWords()
  const [text, setText] = useState(asked.search)
  // Asked for once somebody pauses in typing.
  useEffect(() => {
    if (text === asked.search) return
    const wait = setTimeout(() => onAsk({ ...asked, search: text, page: 1 }), 300)
    return () => clearTimeout(wait)
  }, [text, asked, onAsk])
  return (
    <div className="score-tools">
      <label>
        <span className="label">{say('search')}</span>
        <input className="input" type="search" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <label>
        <span className="label">{say('filter')}</span>
        <select
          className="input"
          value={asked.filter}
          onChange={(event) => onAsk({ ...asked, filter: ScoreFilter.parse(event.target.value), page: 1 })}
        >
          {ScoreFilter.options.map((filter) => (
            <option key={filter} value={filter}>
              {say(`filter.${filter}`, { count: counts[filter] })}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="label">{say('sort')}</span>
        <select
          className="input"
          value={asked.sort}
          onChange={(event) => onAsk({ ...asked, sort: ScoreSort.parse(event.target.value), page: 1 })}
        >
          {ScoreSort.options.map((sort) => (
            <option key={sort} value={sort}>
              {say(`sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="small muted" role="status">
        {say('found', { count: found })}
      </p>
    </div>
  )
}

function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const say = useScoreWords()
  if (pages === 1) return null
  return (
    <p className="row">
      <ActionButton weight="quiet" size="small" isDisabled={page === 1} onClick={() => onPage(page - 1)}>
        {say('pageBefore')}
      </ActionButton>
      {say('page', { page, pages })}
      <ActionButton weight="quiet" size="small" isDisabled={page === pages} onClick={() => onPage(page + 1)}>
        {say('pageNext')}
      </ActionButton>
    </p>
  )
}
