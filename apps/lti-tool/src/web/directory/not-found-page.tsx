import { AppLink, BrandMark, PageTitle } from '@copractice/ui'
import { useWords } from './say.ts'

/** A page of its own, outside of the space. */
export function NotFoundPage() {
  return (
    <main className="wrap narrow" id="main" tabIndex={-1}>
      <NotFoundHere />
    </main>
  )
}

/** Within the space, whose frame is the page. */
export function NotFoundHere() {
  const say = useWords()
  return (
    <>
      <BrandMark />
      <PageTitle within="Copractice">{say('notFound.title')}</PageTitle>
      <p>
        {say('notFound.text')} <AppLink href="/">{say('notFound.home')}</AppLink>
      </p>
    </>
  )
}
