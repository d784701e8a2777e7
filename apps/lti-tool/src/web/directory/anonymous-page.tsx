import { PageTitle } from '@copractice/ui'
import { useWords } from './say.ts'

/** For whoever the LMS sent without saying who: why there is nothing here, and what to do. */
export function AnonymousPage() {
  const say = useWords()
  return (
    <>
      <div className="page-head">
        <PageTitle within="Copractice">{say('anonymous.title')}</PageTitle>
      </div>
      <p className="lede">{say('anonymous.lede')}</p>
      <p>{say('anonymous.todo')}</p>
    </>
  )
}
