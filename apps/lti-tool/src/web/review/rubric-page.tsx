import { useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { RubricId } from '@copractice/core/kernel'
import {
  changeRubricRoute,
  exportRubricRoute,
  listRubricsRoute,
  showRubricRoute,
  type RubricDetail,
  type RubricVersion,
} from '@copractice/core/review'
import {
  ActionButton,
  AppLink,
  Icon,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  saveFile,
  Section,
  useCall,
  useRoute,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { RoundsKeeping, RubricDifferenceList } from './rubric-difference.tsx'
import { RubricNewVersion } from './rubric-new-version.tsx'
import { RubricRead } from './rubric-read.tsx'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'
import './review.css'

/** One rubric of the library: as it stands, its versions and what each changed, and who uses which. */
export function RubricPage() {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const id = RubricId.safeParse(useParams({ strict: false }).rubricId)
  const rubricId = id.data ?? ('' as RubricId)
  const rubric = useRoute(showRubricRoute, { params: { rubricId } }, { enabled: id.success })
  if (!id.success) return <NotFoundHere />
  return (
    <Loaded from={rubric} what={say('library.list')} lines={8} sayRefusal={refusals}>
      {(rubric) => <Rubric key={`${rubricId} ${rubric.number}`} rubric={rubric} />}
    </Loaded>
  )
}

function Rubric({ rubric }: { rubric: RubricDetail }) {
  const say = useSetupWords()
  const { cohort } = useSeen()
  const { title, number, archivedAt, points } = rubric
  const [isChanging, setIsChanging] = useState(false)
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <p className="small">
            <AppLink href="/reviews/rubrics">{say('rubricPage.back')}</AppLink>
          </p>
          <PageTitle {...(cohort && { within: cohort.name })}>{title}</PageTitle>
          <p className="small muted">{say('rubricPage.facts', { number, points })}</p>
        </div>
        <div className="row head-actions">
          <Archive rubric={rubric} />
          {!archivedAt && !isChanging && (
            <ActionButton onClick={() => setIsChanging(true)}>{say('rubricPage.change')}</ActionButton>
          )}
        </div>
      </div>
      {archivedAt && (
        <div className="put-away">
          <Notice tone="info">{say('rubricPage.archived')}</Notice>
        </div>
      )}
      {isChanging ? (
        <RubricNewVersion rubric={rubric} onClose={() => setIsChanging(false)} />
      ) : (
        <Section title={say('rubricPage.now', { number })}>
          <RubricRead rubric={rubric.rubric} />
        </Section>
      )}
      <Section title={say('rubricPage.rounds')}>
        <RoundsKeeping rounds={rubric.openRounds} none={say('rubricPage.noRounds')} />
      </Section>
      <Section title={say('rubricPage.versions')}>
        <ol className="list">
          {rubric.versions.map((version) => (
            <Version key={version.number} rubric={rubric} version={version} />
          ))}
        </ol>
      </Section>
    </div>
  )
}

function Version({ rubric: { rubricId }, version }: { rubric: RubricDetail; version: RubricVersion }) {
  const say = useSetupWords()
  const times = useTimes()
  const call = useCall()
  const tell = useTell()
  const sayProblem = useSayProblem(useSetupRefusals())
  const { number, note, createdAt, createdBy, rounds, difference } = version
  const download = async () => {
    const answer = await call(exportRubricRoute, { params: { rubricId, number } })
    if (!answer.ok) return tell({ text: sayProblem(answer.problem), tone: 'bad' })
    saveFile(new Blob([answer.value.text], { type: 'application/json' }), answer.value.fileName)
  }
  return (
    <li className="stack">
      <div className="row between">
        <div>
          <h3>{say('version.title', { number })}</h3>
          {note && <p className="voice">{note}</p>}
          <p className="small muted">
            {say('version.by', { name: createdBy ?? say('noName'), when: times.date(createdAt) })}{' '}
            {say('library.rounds', { count: rounds })}
          </p>
        </div>
        <ActionButton weight="quiet" size="small" icon="document" onClick={() => void download()}>
          {say('version.export', { number })}
        </ActionButton>
      </div>
      {difference && <RubricDifferenceList difference={difference} />}
      <details className="fold-out small">
        <summary>
          <Icon name="chevron" small />
          {say('version.read', { number })}
        </summary>
        <RubricRead rubric={version.rubric} />
      </details>
    </li>
  )
}

function Archive({ rubric: { rubricId, archivedAt } }: { rubric: RubricDetail }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const isArchived = archivedAt !== null
  const change = useSend(changeRubricRoute, {
    refreshes: [showRubricRoute, listRubricsRoute],
    onDone: ({ archivedAt }) => tell({ text: say(archivedAt ? 'rubricPage.put' : 'rubricPage.brought') }),
  })
  return (
    <>
      <ActionButton
        weight="quiet"
        isBusy={change.isPending}
        onClick={() => change.mutate({ params: { rubricId }, body: { archived: !isArchived } })}
      >
        {say(isArchived ? 'rubricPage.bring' : 'rubricPage.archive')}
      </ActionButton>
      {change.error && <ProblemNotice problem={change.error.problem} sayRefusal={refusals} />}
    </>
  )
}
