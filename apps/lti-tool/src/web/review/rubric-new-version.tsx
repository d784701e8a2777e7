import { useId, useState } from 'react'
import {
  addRubricVersionRoute,
  changeRubricRoute,
  compareRubricRoute,
  listRubricsRoute,
  showRubricRoute,
  type RubricDetail,
} from '@copractice/core/review'
import { ActionButton, ProblemNotice, Section, useSend, useTell } from '@copractice/ui'
import { criteriaFields, criteriaProblems, rubricOf } from './criterion-fields.ts'
import { WhatItMeans } from './rubric-difference.tsx'
import { RubricEditor } from './rubric-editor.tsx'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

/** Changing a rubric makes a version of it: first what that means is shown, then it is saved with a word on why. */
export function RubricNewVersion({ rubric, onClose }: { rubric: RubricDetail; onClose: () => void }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const id = useId()
  const { rubricId, number } = rubric
  const [title, setTitle] = useState(rubric.title)
  const [criteria, setCriteria] = useState(() => criteriaFields(rubric.rubric))
  const [note, setNote] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const problems = criteriaProblems(criteria)
  const isWhole = Object.keys(problems).length === 0
  const refreshes = [showRubricRoute, listRubricsRoute]
  const rename = useSend(changeRubricRoute, { refreshes })
  const compare = useSend(compareRubricRoute)
  const add = useSend(addRubricVersionRoute, {
    refreshes,
    onDone: (saved) => {
      onClose()
      tell({ text: say('newVersion.saved', { number: saved.number }) })
    },
  })
  const look = () => {
    setIsAsked(true)
    if (!isWhole) return
    if (title.trim() && title.trim() !== rubric.title) rename.mutate({ params: { rubricId }, body: { title } })
    compare.mutate({ params: { rubricId }, body: { rubric: rubricOf(criteria) } })
  }
  const seen = compare.data
  const isSame = seen?.difference.changes.length === 0
  const problem = add.error?.problem ?? compare.error?.problem ?? rename.error?.problem
  return (
    <Section title={say('newVersion.title', { number: number + 1 })}>
      <div className="stack">
        <div className="field">
          <label htmlFor={`${id}-t`}>{say('newVersion.name')}</label>
          <input
            id={`${id}-t`}
            className="input"
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <RubricEditor
          criteria={criteria}
          problems={isAsked ? problems : {}}
          onChange={(next) => {
            setCriteria(next)
            compare.reset()
          }}
        />
        {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        {seen && isSame && <p className="hint">{say('newVersion.same')}</p>}
        {seen && !isSame && (
          <>
            <WhatItMeans difference={seen.difference} rounds={seen.openRounds} />
            <div className="field">
              <label htmlFor={`${id}-n`}>{say('newVersion.note')}</label>
              <input
                id={`${id}-n`}
                className="input"
                maxLength={500}
                value={note}
                aria-describedby={`${id}-nh`}
                onChange={(event) => setNote(event.target.value)}
              />
              <p className="hint" id={`${id}-nh`}>
                {say('newVersion.noteHint')}
              </p>
            </div>
          </>
        )}
        <p className="row">
          <ActionButton weight="quiet" onClick={onClose}>
            {say('cancel')}
          </ActionButton>
          {seen && !isSame ? (
            <ActionButton
              isBusy={add.isPending}
              isDisabled={!note.trim()}
              onClick={() =>
                add.mutate({ params: { rubricId }, body: { rubric: rubricOf(criteria), note, basedOn: number } })
              }
            >
              {say('newVersion.save', { number: number + 1 })}
            </ActionButton>
          ) : (
            <ActionButton isBusy={compare.isPending} onClick={look}>
              {say('newVersion.look')}
            </ActionButton>
          )}
        </p>
      </div>
    </Section>
  )
}
