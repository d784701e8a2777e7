import { ActionButton } from '@copractice/ui'
import { usePairingWords } from './say-pairings.ts'

/** One page of several, with the way to the next and the one before. Nothing where there is one. */
export function Pager(props: { page: number; pages: number; label: string; onPage: (page: number) => void }) {
  const { page, pages, label, onPage } = props
  const say = usePairingWords()
  if (pages < 2) return null
  return (
    <nav className="row" aria-label={label}>
      <ActionButton weight="secondary" size="small" isDisabled={page <= 1} onClick={() => onPage(page - 1)}>
        {say('page.before')}
      </ActionButton>
      <span className="small" role="status">
        {say('page.of', { page, pages })}
      </span>
      <ActionButton weight="secondary" size="small" isDisabled={page >= pages} onClick={() => onPage(page + 1)}>
        {say('page.after')}
      </ActionButton>
    </nav>
  )
}
