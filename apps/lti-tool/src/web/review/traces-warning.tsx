import type { RoundId } from '@copractice/core/kernel'
import { tracesRoute } from '@copractice/core/review'
import { Notice, useRoute } from '@copractice/ui'
import { useWritingWords } from './say-writing.ts'

/** Before handing in where reviewers may not know the author: what in the text or the files tells who wrote it. Never stops anybody. */
export function TracesWarning({ roundId, of }: { roundId: RoundId; of: 'work' | 'revision' }) {
  const say = useWritingWords()
  const found = useRoute(tracesRoute, { params: { roundId }, query: { of } })
  if (found.isPending || found.isFetching) return <p className="hint">{say('traces.looking')}</p>
  if (!found.data?.isAsked) return null
  const { traces, unreadFiles } = found.data
  return (
    <>
      {traces.length > 0 && (
        <Notice tone="warn" live>
          <p>{say('traces.found')}</p>
          <ul className="found">
            {traces.map(({ kind, found: words, file }) => (
              <li key={`${file} ${words}`}>
                {file === null ? say(`traces.${kind}.text`, { words }) : say(`traces.${kind}.file`, { words, file })}
              </li>
            ))}
          </ul>
          <p>{say('traces.what')}</p>
        </Notice>
      )}
      {unreadFiles.length > 0 && <p className="hint">{say('traces.unread', { files: unreadFiles.join(', ') })}</p>}
      {traces.length === 0 && unreadFiles.length === 0 && <p className="hint">{say('traces.none')}</p>}
    </>
  )
}
