import { TextInput } from '@instructure/ui/v11_7'
import { ActionButton, Icon } from '@copractice/ui'
import { useWords } from './say.ts'
import type { List } from './use-list.ts'

export function ListSearch({ list, label }: { list: List; label: string }) {
  return (
    <div className="list-search">
      <TextInput
        renderLabel={label}
        type="search"
        value={list.text}
        renderBeforeInput={<Icon name="search" small />}
        onChange={(_event, value) => list.setText(value)}
      />
    </div>
  )
}

/** Earlier and further pages; nothing when one page holds all. */
export function ListPages({ list, next, label }: { list: List; next: string | null; label: string }) {
  const say = useWords()
  if (list.page === 1 && !next) return null
  return (
    <nav className="row pages" aria-label={say('pages.label', { of: label })}>
      <ActionButton weight="quiet" size="small" isDisabled={list.page === 1} onClick={list.back}>
        {say('pages.back')}
      </ActionButton>
      <span className="small muted" role="status">
        {say('pages.at', { page: list.page })}
      </span>
      <ActionButton weight="quiet" size="small" isDisabled={!next} onClick={() => next && list.next(next)}>
        {say('pages.next')}
      </ActionButton>
    </nav>
  )
}
