import { AppLink, BrandMark, PageTitle } from '@copractice/ui'
import { useWords } from './say.ts'

export function NotFoundPage() {
  const say = useWords()
  return (
    <main className="wrap narrow" id="main" tabIndex={-1}>
      <BrandMark />
      <PageTitle within="Copractice">{say('notFound.title')}</PageTitle>
      <p>
        {say('notFound.text')} <AppLink href="/">{say('notFound.home')}</AppLink>
      </p>
    </main>
  )
}
