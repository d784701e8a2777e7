import { useState } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { publishPreviewRoute, type PublishPreview } from '@copractice/core/gradebook'
import type { RoundId } from '@copractice/core/kernel'
import { changeScoringRoute, scoresRoute } from '@copractice/core/review'
import { ActionButton, Icon, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { useScoreRefusals } from '../review/say-scores.ts'
import { useWords } from './say.ts'

const PARTS = ['own', 'late', 'criteria', 'reviews'] as const
type Props = Readonly<{ roundId: RoundId; preview: PublishPreview }>

/** What the comment beside a score says in the gradebook, with the comments of the first scores to be sent word for word. */
export function CommentChoice({ roundId, preview }: Props) {
  const { comment } = preview
  const say = useWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [include, setInclude] = useState<readonly string[]>(comment.include)
  const [own, setOwn] = useState(comment.own)
  const chosen = PARTS.filter((part) => include.includes(part))
  const change = useSend(changeScoringRoute, {
    refreshes: [scoresRoute, publishPreviewRoute],
    onDone: () => tell({ text: say('comment.saved') }),
  })
  const isChanged =
    own !== comment.own || PARTS.some((part) => include.includes(part) !== comment.include.includes(part))
  const now = PARTS.filter((part) => comment.include.includes(part)).map((part) => say(`comment.${part}`))
  return (
    <details className="fold-out comment-choice">
      <summary>
        <Icon name="chevron" small />
        {say('comment.title')}
        {': '}
        {now.length === 0 ? say('comment.none') : now.join(', ')}
      </summary>
      <div className="stack fields">
        <p className="hint">{say('comment.hint')}</p>
        {PARTS.map((part) => (
          <label key={part} className="comment-tick">
            <input
              type="checkbox"
              checked={include.includes(part)}
              onChange={({ target }) =>
                setInclude((before) => (target.checked ? [...before, part] : before.filter((each) => each !== part)))
              }
            />
            {say(`comment.${part}`)}
          </label>
        ))}
        {include.includes('own') && (
          <TextArea
            label={say('comment.ownText')}
            autoGrow
            maxLength={2000}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        )}
        {change.error && <ProblemNotice problem={change.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton
            weight="secondary"
            isDisabled={!isChanged}
            isBusy={change.isPending}
            onClick={() =>
              change.mutate({ params: { roundId }, body: { gradeComment: { include: chosen, own: own.trim() } } })
            }
          >
            {say('comment.save')}
          </ActionButton>
        </div>
        <h3>{say('comment.preview')}</h3>
        {preview.comments.length === 0 && <p className="muted">{say('comment.previewNone')}</p>}
        {preview.comments.map(({ personId, name, column, text }) => (
          <figure key={personId + column}>
            <figcaption className="small muted">
              {say('comment.previewOf', { name: name ?? say('delivery.noName'), column: say(`column.${column}`) })}
            </figcaption>
            <blockquote className="voice said">{text}</blockquote>
          </figure>
        ))}
      </div>
    </details>
  )
}
