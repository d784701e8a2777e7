import type { ReactNode } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { Notice } from '../parts/notices.tsx'
import { useUiWords } from '../words/create-i18n.ts'

/** Two windows wrote the same text: shows the other version beside one's own and lets the writer decide. */
export function BothVersions(props: {
  theirs: ReactNode
  onKeepMine: () => void
  onKeepTheirs: () => void
  onJoin?: () => void
}) {
  const { theirs, onKeepMine, onKeepTheirs, onJoin } = props
  const say = useUiWords()
  return (
    <Notice tone="warn" live>
      <p>
        <strong>{say('both.title')}</strong> {say('both.text')}
      </p>
      <blockquote className="voice both">{theirs}</blockquote>
      <div className="row">
        <ActionButton weight="secondary" size="small" onClick={onKeepMine}>
          {say('both.mine')}
        </ActionButton>
        <ActionButton weight="quiet" size="small" onClick={onKeepTheirs}>
          {say('both.theirs')}
        </ActionButton>
        {onJoin && (
          <ActionButton weight="quiet" size="small" onClick={onJoin}>
            {say('both.join')}
          </ActionButton>
        )}
      </div>
    </Notice>
  )
}
