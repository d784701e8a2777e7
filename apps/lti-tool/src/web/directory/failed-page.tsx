import { ActionButton, PageTitle } from '@copractice/ui'
import { useWords } from './say.ts'

/**
 * In the place of a page that broke, or whose files were replaced by a newer version while this window stood open. A
 * reload fetches the new ones; the session and unsaved text outlive it.
 */
export function FailedPage() {
  const say = useWords()
  return (
    <div className="stack" role="alert">
      <PageTitle within="Copractice">{say('failed.title')}</PageTitle>
      <p className="lede">{say('failed.text')}</p>
      <ActionButton onClick={() => window.location.reload()}>{say('failed.reload')}</ActionButton>
    </div>
  )
}
