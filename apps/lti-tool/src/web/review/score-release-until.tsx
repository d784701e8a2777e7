import { useRef, useState, type ReactNode } from 'react'
import { DateTimeField, fromLocalField, toLocalField } from '@copractice/ui'
import { useScoreWords } from './say-scores.ts'

/**
 * Until when learners may ask for another look. `picked` gives the instant in the field; where the field is empty it
 * gives null, and the field says so and has the focus.
 */
export function useAppealsUntil(first: () => Date, timeZone: string): { field: ReactNode; picked: () => Date | null } {
  const say = useScoreWords()
  const input = useRef<HTMLInputElement>(null)
  const [isAsked, setIsAsked] = useState(false)
  const [until, setUntil] = useState(() => toLocalField(first(), timeZone))
  const at = fromLocalField(until, timeZone)
  const field = (
    <DateTimeField
      label={say('release.until')}
      value={until}
      zone={timeZone}
      onChange={setUntil}
      inputRef={input}
      {...(isAsked && !at && { error: say('release.untilNeeded') })}
    />
  )
  const picked = () => {
    setIsAsked(true)
    if (!at) input.current?.focus()
    return at
  }
  return { field, picked }
}
