import { useId, type ReactNode } from 'react'
import { Icon } from '@copractice/ui'
import type { FieldProblems, RoundFields } from './round-fields.ts'
import { useSetupWords } from './say-setup.ts'

/** What each step of the set-up works on. An open round's step shows only what may still change. */
export type StepProps = Readonly<{
  fields: RoundFields
  set: (part: Partial<RoundFields>) => void
  problems: FieldProblems
  isOpenRound: boolean
}>

/** What most rounds leave as it is, behind one line that says how it stands. Open while something in it needs a look. */
export function MoreChoices(props: { title: string; now: string; isOpen?: boolean; children: ReactNode }) {
  const { title, now, isOpen = false, children } = props
  return (
    <details className="fold-out more-choices" open={isOpen || undefined}>
      <summary>
        <Icon name="chevron" small />
        <span>
          <strong>{title}</strong> <span className="small muted">{now}</span>
        </span>
      </summary>
      <div className="fields more-fields">{children}</div>
    </details>
  )
}

/** One of several, or several of several, as native buttons with a sentence each. */
export function Choices<Value extends string>(props: {
  legend: string
  name: string
  kind?: 'radio' | 'checkbox'
  values: readonly Value[]
  chosen: readonly Value[]
  label: (value: Value) => string
  hint?: string
  problem?: string | undefined
  onChange: (value: Value, isChosen: boolean) => void
}) {
  const { legend, name, kind = 'radio', values, chosen, label, hint, problem, onChange } = props
  const id = useId()
  return (
    <fieldset className="choices" aria-describedby={`${id}-hint`}>
      <legend className="label">{legend}</legend>
      {values.map((value) => (
        <label key={value} className="choice">
          <input
            type={kind}
            name={`${id}-${name}`}
            value={value}
            checked={chosen.includes(value)}
            onChange={(event) => onChange(value, event.target.checked)}
          />
          <span>{label(value)}</span>
        </label>
      ))}
      <p className={problem ? 'hint hint-bad' : 'hint'} id={`${id}-hint`} role={problem ? 'alert' : undefined}>
        {problem ?? hint}
      </p>
    </fieldset>
  )
}

/** A short number typed as text, with its unit after the label. */
export function NumberField(props: {
  label: string
  value: string
  hint?: string
  problem?: string | undefined
  onChange: (value: string) => void
}) {
  const { label, value, hint, problem, onChange } = props
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input num short"
        inputMode="decimal"
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={problem ? 'hint hint-bad' : 'hint'} id={`${id}-hint`}>
        {problem ?? hint}
      </p>
    </div>
  )
}

/** A problem of a field, in words. */
export function useProblem(problems: FieldProblems) {
  const say = useSetupWords()
  return (name: string): string | undefined => {
    const problem = problems[name]
    return problem && say(problem)
  }
}
