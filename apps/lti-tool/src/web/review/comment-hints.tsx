import { useState } from 'react'
import { hintComment } from '@copractice/core/review'
import { drop, Icon, keep, kept, TextButton } from '@copractice/ui'
import { useWritingWords } from './say-writing.ts'

/** Three checks of a comment and what it could do with more of. For its writer alone; goes away for good when dismissed. */
export function CommentHints({ text, about }: { text: string; about: string }) {
  const say = useWritingWords()
  const key = `copractice.hints:${about}`
  const [isOff, setIsOff] = useState(() => kept(key) === true)
  const hinted = hintComment(text)
  if (!hinted) return null
  if (isOff)
    return (
      <p className="hint">
        <TextButton
          onClick={() => {
            drop(key)
            setIsOff(false)
          }}
        >
          {say('hint.again')}
        </TextButton>
      </p>
    )
  const checks = [
    ['specific', hinted.isSpecific],
    ['useful', hinted.isUseful],
    ['kind', hinted.isKind],
  ] as const
  return (
    <div className="hints">
      <ul className="checks plain" aria-label={say('hint.label')}>
        {checks.map(([check, isSo]) => (
          <li key={check} className={isSo ? 'yes' : 'no'}>
            {isSo ? <Icon name="check" small /> : <span className="ring-o" aria-hidden="true" />}
            {say(isSo ? `hint.yes.${check}` : `hint.no.${check}`)}
          </li>
        ))}
      </ul>
      {hinted.hints.map((hint) => (
        <p key={hint} className="hint">
          {say(`hint.${hint}`)}
        </p>
      ))}
      <p className="hint row between">
        <span>{say('hint.ungraded')}</span>
        <TextButton
          onClick={() => {
            keep(key, true)
            setIsOff(true)
          }}
        >
          {say('hint.dismiss')}
        </TextButton>
      </p>
    </div>
  )
}
