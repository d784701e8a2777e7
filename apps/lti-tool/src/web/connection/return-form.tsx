import { useEffect, useRef } from 'react'
import type { answerPlacing } from '@copractice/core/connection'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton } from '@copractice/ui'
import { useWords } from './say.ts'

/**
 * Goes back to the LMS with the signed answer, by itself; the button is for a browser that holds it up. The page may post
 * to the LMS's own origin only: its security header says so.
 */
export function ReturnForm({
  answer: { returnUrl, jwt },
  lms,
}: {
  answer: RouteOutput<typeof answerPlacing>
  lms: 'canvas' | 'moodle' | 'other'
}) {
  const say = useWords()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.submit(), [])
  const name = say(`place.lms.${lms}`)
  return (
    <form ref={form} method="post" action={returnUrl} className="stack">
      <input type="hidden" name="JWT" value={jwt} />
      <p role="status">{say('place.sending', { lms: name })}</p>
      <p>
        <ActionButton type="submit" weight="secondary">
          {say('place.back', { lms: name })}
        </ActionButton>
      </p>
    </form>
  )
}
