import { beginInstitutionSignIn } from '@copractice/core/directory'
import { ActionButton, PageTitle, ProblemNotice, useSend } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{
  email: string
  offer: Readonly<{ institution: string; isOnly: boolean }>
  isSending: boolean
  onLink: () => void
  onAgain: () => void
}>

/** Where they came to, so that they go on there; the page for signing in itself is nowhere to go on to. */
const cameTo = () =>
  window.location.pathname.startsWith('/sign-in') ? '/' : window.location.pathname + window.location.search

/** For an address of a domain that an institution speaks for: on to its own sign-in, or a mailed link. */
export function SignInOffer({ email, offer: { institution, isOnly }, isSending, onLink, onAgain }: Props) {
  const say = useWords()
  const refusals = useRefusals()
  const begin = useSend(beginInstitutionSignIn, { onDone: ({ url }) => window.location.assign(url) })
  return (
    <>
      <PageTitle within="Copractice">{say('offer.title', { institution })}</PageTitle>
      <p className="wrap-anywhere">{say('offer.text', { email, institution })}</p>
      {begin.error && <ProblemNotice problem={begin.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton
          onClick={() => begin.mutate({ body: { email, to: cameTo() } })}
          isBusy={begin.isPending || begin.isSuccess}
        >
          {say('offer.continue', { institution })}
        </ActionButton>
      </div>
      {isOnly && <p className="muted">{say('offer.only')}</p>}
      <div className="row">
        <ActionButton weight="quiet" onClick={onLink} isBusy={isSending}>
          {say(isOnly ? 'offer.adminLink' : 'offer.link')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onAgain}>
          {say('offer.again')}
        </ActionButton>
      </div>
    </>
  )
}
