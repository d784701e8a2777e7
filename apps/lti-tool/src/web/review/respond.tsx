import { useId, useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import { flagReviewRoute, receivedRoute, respondRoute, type ReviewRead } from '@copractice/core/review'
import {
  asSaveAnswer,
  ProblemNotice,
  SaveState,
  useAutosave,
  useCall,
  useSayProblem,
  useSend,
  useTell,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { FlagProblem } from './flag-problem.tsx'
import { useWritingRefusals, useWritingWords } from './say-writing.ts'

type Said = { helpfulness: number | null; reply: string }

/** What an author does with a review: says how helpful it was, replies, and tells the instructor where something is wrong. */
export function Respond({ roundId, review, mayRate }: { roundId: RoundId; review: ReviewRead; mayRate: boolean }) {
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const tell = useTell()
  const { person } = useSeen()
  const id = useId()
  const { key: reviewKey, response, number } = review
  const [initial] = useState<Said>({ helpfulness: response?.helpfulness ?? null, reply: response?.reply ?? '' })
  const draft = useAutosave<Said>({
    keepAs: `${person.id}:response:${reviewKey}`,
    initial,
    savedAt: response?.savedAt ?? null,
    save: async (body) =>
      asSaveAnswer(await call(respondRoute, { params: { roundId, reviewKey }, body }), {
        saved: ({ savedAt }) => savedAt,
        conflict: (): Said | null => null,
        say: sayProblem,
      }),
  })
  const raise = useSend(flagReviewRoute, {
    refreshes: [receivedRoute],
    onDone: () => tell({ text: say('flag.sent') }),
  })
  const { value } = draft
  return (
    <div className="respond">
      <fieldset disabled={!mayRate} aria-describedby={mayRate ? undefined : `${id}-rated`}>
        <legend>{say('respond.helpful', { number })}</legend>
        <div className="lv lv-5">
          {([1, 2, 3, 4, 5] as const).map((points) => (
            <label key={points}>
              <input
                type="radio"
                name={`${id}-helpful`}
                checked={value.helpfulness === points}
                onChange={() => draft.change({ ...value, helpfulness: points })}
              />
              <b className="num">{points}</b>
              {say(`respond.${points}`)}
            </label>
          ))}
        </div>
        {!mayRate && (
          <p className="hint" id={`${id}-rated`}>
            {say('respond.rated')}
          </p>
        )}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-reply`}>{say('respond.reply')}</label>
        <textarea
          id={`${id}-reply`}
          className="input voice"
          rows={2}
          maxLength={5000}
          value={value.reply}
          aria-describedby={`${id}-hint`}
          onChange={(event) => draft.change({ ...value, reply: event.target.value })}
        />
        <p className="hint" id={`${id}-hint`}>
          {say('respond.hint')}
        </p>
      </div>
      <SaveState status={draft.status} />
      <div>
        <FlagProblem
          as="author"
          flag={review.flag}
          isBusy={raise.isPending}
          problem={raise.error && <ProblemNotice problem={raise.error.problem} sayRefusal={refusals} />}
          onRaise={(body, onDone) => raise.mutate({ params: { roundId, reviewKey }, body }, { onSuccess: onDone })}
        />
      </div>
    </div>
  )
}

/** What the author answered, for those who wrote or oversee the review. */
export function ResponseRead({ response }: { response: { helpfulness: number | null; reply: string } }) {
  const say = useWritingWords()
  const { helpfulness, reply } = response
  return (
    <div className="response-read">
      {helpfulness !== null && (
        <p>
          <strong className="small">
            {say('respond.was', { points: helpfulness, word: say(`respond.${helpfulness as 1 | 2 | 3 | 4 | 5}`) })}
          </strong>
        </p>
      )}
      {reply && <p className="voice said">{reply}</p>}
    </div>
  )
}
