import { useRef, useState, type ReactNode } from 'react'
import type { Route } from '@copractice/core/kernel'
import {
  ActionButton,
  ConfirmModal,
  DateTimeField,
  fromLocalField,
  ProblemNotice,
  toLocalField,
  type SayRefusal,
  type Sending,
  type Weight,
} from '@copractice/ui'
import { useWords } from './say.ts'

/**
 * A moment that is asked for. `begin`, when it is asked for anew: `first` of then stands in the field. `picked` gives the instant in
 * the field; where the field is empty it gives null, and the field says so and has the focus.
 */
export function useAskedDate(
  label: string,
  first: () => Date,
  timeZone: string,
): { field: ReactNode; begin: () => void; picked: () => Date | null } {
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [isAsked, setIsAsked] = useState(false)
  const [until, setUntil] = useState(() => toLocalField(first(), timeZone))
  const at = fromLocalField(until, timeZone)
  const field = (
    <DateTimeField
      label={label}
      value={until}
      zone={timeZone}
      onChange={setUntil}
      inputRef={input}
      {...(isAsked && !at && { error: say('setUp.needed') })}
    />
  )
  const picked = () => {
    setIsAsked(true)
    if (!at) input.current?.focus()
    return at
  }
  const begin = () => {
    setIsAsked(false)
    setUntil(toLocalField(first(), timeZone))
  }
  return { field, begin, picked }
}

/** A button, and the dialog it opens: what would happen, until when, and the same words to do it. */
export function AskDate<R extends Route>(props: {
  button: string
  weight: Weight
  title: string
  dateLabel: string
  first: () => Date
  timeZone: string
  sending: Sending<R>
  sayRefusal: SayRefusal
  onPick: (at: Date, done: { onSuccess: () => void }) => void
  children: ReactNode
}) {
  const { button, weight, title, dateLabel, first, timeZone, sending, sayRefusal, onPick, children } = props
  const [isAsking, setIsAsking] = useState(false)
  const date = useAskedDate(dateLabel, first, timeZone)
  const close = () => setIsAsking(false)
  const open = () => {
    date.begin()
    setIsAsking(true)
  }
  return (
    <>
      <ActionButton weight={weight} onClick={open}>
        {button}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={title}
        confirm={button}
        isBusy={sending.isPending}
        onClose={close}
        onConfirm={() => {
          const at = date.picked()
          if (at) onPick(at, { onSuccess: close })
        }}
      >
        {children}
        {date.field}
        {sending.error && <ProblemNotice problem={sending.error.problem} sayRefusal={sayRefusal} />}
      </ConfirmModal>
    </>
  )
}
