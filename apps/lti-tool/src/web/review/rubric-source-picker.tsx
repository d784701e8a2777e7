import { useId, useState } from 'react'
import type { RubricVersionId } from '@copractice/core/kernel'
import {
  createRubricRoute,
  listRubricsRoute,
  rubricTemplatesRoute,
  sameRubric,
  showRubricRoute,
  type Rubric,
} from '@copractice/core/review'
import {
  ActionButton,
  AppLink,
  ProblemNotice,
  type CallProblem,
  useCall,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { criteriaProblems, rubricOf, type CriterionFields } from './criterion-fields.ts'
import { useRefusals } from './say.ts'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

type Props = Readonly<{
  criteria: readonly CriterionFields[]
  rubricVersionId: RubricVersionId | null
  onTake: (rubric: Rubric, rubricVersionId: RubricVersionId | null) => void
}>

/** Starts from a rubric of the library or a template, and keeps the one written here in the library. */
export function RubricSourcePicker({ criteria, rubricVersionId, onTake }: Props) {
  const say = useSetupWords()
  const refusals = useRefusals()
  const call = useCall()
  const tell = useTell()
  const id = useId()
  const [chosen, setChosen] = useState('')
  const [problem, setProblem] = useState<CallProblem<typeof showRubricRoute> | null>(null)
  const library = useRoute(listRubricsRoute, { query: { limit: 100, search: '', archived: 'no' } })
  const templates = useRoute(rubricTemplatesRoute, {})
  const rubrics = library.data?.items ?? []
  const take = async () => {
    const template = templates.data?.items.find(({ key }) => `template:${key}` === chosen)
    const stored = rubrics.find(({ rubricId }) => rubricId === chosen)
    if (template) onTake(template.rubric, null)
    if (stored) {
      const answer = await call(showRubricRoute, { params: { rubricId: stored.rubricId } })
      setProblem(answer.ok ? null : answer.problem)
      if (!answer.ok) return
      onTake(answer.value.rubric, answer.value.rubricVersionId)
    }
    tell({ text: say('picker.taken', { title: template?.title ?? stored?.title ?? '' }) })
  }
  const current = rubrics.find((one) => one.rubricVersionId === rubricVersionId)
  return (
    <div className="stack picker">
      <div className="row">
        <div className="field grow">
          <label htmlFor={id}>{say('picker.label')}</label>
          <select id={id} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">{say('picker.choose')}</option>
            {rubrics.length > 0 && (
              <optgroup label={say('picker.library')}>
                {rubrics.map(({ rubricId, title, number }) => (
                  <option key={rubricId} value={rubricId}>
                    {say('picker.rubric', { title, number })}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label={say('picker.templates')}>
              {templates.data?.items.map(({ key, title }) => (
                <option key={key} value={`template:${key}`}>
                  {title}
                </option>
              ))}
            </optgroup>
          </select>
        </div>
        <ActionButton weight="secondary" isDisabled={!chosen} onClick={() => void take()}>
          {say('picker.take')}
        </ActionButton>
      </div>
      {library.error && <ProblemNotice problem={library.error.problem} sayRefusal={refusals} />}
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      {current && <p className="small muted">{say('picker.from', { title: current.title, number: current.number })}</p>}
      <p className="row small">
        <AppLink href="/reviews/rubrics">{say('picker.open')}</AppLink>
        <KeepInLibrary criteria={criteria} onKept={(rubric, versionId) => onTake(rubric, versionId)} />
      </p>
    </div>
  )
}

/** Puts the rubric as it is written here into the library, under a name of its own. */
function KeepInLibrary(props: {
  criteria: readonly CriterionFields[]
  onKept: (rubric: Rubric, rubricVersionId: RubricVersionId) => void
}) {
  const { criteria, onKept } = props
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const id = useId()
  const [name, setName] = useState<string | null>(null)
  const isReady = Object.keys(criteriaProblems(criteria)).length === 0
  const keep = useSend(createRubricRoute, {
    refreshes: [listRubricsRoute],
    onDone: (kept) => {
      setName(null)
      if (sameRubric(kept.rubric, rubricOf(criteria))) onKept(kept.rubric, kept.rubricVersionId)
      tell({ text: say('picker.kept', { title: kept.title }) })
    },
  })
  if (name === null)
    return (
      <ActionButton weight="quiet" size="small" isDisabled={!isReady} onClick={() => setName('')}>
        {say('picker.keep')}
      </ActionButton>
    )
  return (
    <span className="stack">
      <span className="row">
        <label htmlFor={id}>{say('picker.keepName')}</label>
        <input
          id={id}
          className="input"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <ActionButton
          weight="secondary"
          size="small"
          isBusy={keep.isPending}
          isDisabled={!name.trim()}
          onClick={() => keep.mutate({ body: { title: name, note: '', rubric: rubricOf(criteria) } })}
        >
          {say('picker.keepSave')}
        </ActionButton>
        <ActionButton weight="quiet" size="small" onClick={() => setName(null)}>
          {say('cancel')}
        </ActionButton>
      </span>
      {keep.error && <ProblemNotice problem={keep.error.problem} sayRefusal={refusals} />}
    </span>
  )
}
