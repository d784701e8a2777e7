import { ButtonLink, PageTitle } from '@copractice/ui'
import { useWords } from './say.ts'

export function NotFoundPage() {
  const say = useWords()
  return (
    <main className="wrap narrow stack" id="main" tabIndex={-1}>
      <PageTitle within="Copractice">{say('notFound.title')}</PageTitle>
      <p>{say('notFound.text')}</p>
      <p>
        <ButtonLink href="/">{say('notFound.home')}</ButtonLink>
      </p>
    </main>
  )
}
