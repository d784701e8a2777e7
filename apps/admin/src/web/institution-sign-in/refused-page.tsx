import { BrandMark, ButtonLink, PageTitle, SkipLink } from '@copractice/ui'
import { useSayTrouble, useWords } from './say.ts'

const REFERENCE = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/

/** Where a browser arrives whom an institution's answer did not sign in: why, and by which reference it is found. */
export function SignInRefusedPage() {
  const say = useWords()
  const sayTrouble = useSayTrouble()
  const told = new URLSearchParams(window.location.search)
  const code = told.get('code')
  const reference = REFERENCE.exec(told.get('reference') ?? '')?.[0]
  const trouble = sayTrouble(code)
  return (
    <>
      <SkipLink />
      <main className="wrap narrow stack" id="main" tabIndex={-1}>
        <BrandMark />
        <PageTitle within="Copractice">{say('refused.title')}</PageTitle>
        <p>{trouble}</p>
        {reference && (
          <>
            <p className="muted">{say('refused.tell')}</p>
            <p>
              {say('refused.reference')} <code>{reference}</code>{' '}
              {trouble !== say('trouble.unknown') && <span className="rule-code">{code}</span>}
            </p>
          </>
        )}
        <p>
          <ButtonLink href="/sign-in">{say('refused.again')}</ButtonLink>
        </p>
      </main>
    </>
  )
}
