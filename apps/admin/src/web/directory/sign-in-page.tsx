import { offerInstitutionSignIn, requestSignIn, signInToAdmin } from '@copractice/core/directory'
import { AskForLink, BrandMark, ConfirmLink, ProblemNotice, SkipLink, useMailedToken, useSend } from '@copractice/ui'
import { SignInOffer } from '../institution-sign-in/sign-in-offer.tsx'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { useRefusals, useWords } from './say.ts'

/** Ask for a link, or, arriving by one, confirm it. It stands in for every page; at the others, what follows a `#` is no token. */
export function SignInPage() {
  const { token, forget } = useMailedToken()
  return (
    <>
      <SkipLink />
      <main className="wrap narrow stack" id="main" tabIndex={-1}>
        <BrandMark />
        {token ? <Confirm key={token} token={token} onNewLink={forget} /> : <Request />}
      </main>
    </>
  )
}

function Confirm({ token, onNewLink }: { token: string; onNewLink: () => void }) {
  // The whole page is asked for anew, so that nothing of an earlier session stays in memory.
  const verify = useSend(signInToAdmin, { onDone: () => window.location.replace('/') })
  return (
    <ConfirmLink
      say={useWords()}
      sayRefusal={useRefusals()}
      problem={verify.error?.problem}
      isBusy={verify.isPending || verify.isSuccess}
      onConfirm={() => verify.mutate({ body: { token } })}
      onNewLink={onNewLink}
    />
  )
}

function Request() {
  const refusals = useRefusals()
  const request = useSend(requestSignIn)
  // Whether an institution signs in addresses of this domain; where none does, the link is asked for at once.
  const look = useSend(offerInstitutionSignIn, {
    onDone: ({ offer }, { body }) => {
      if (!offer) request.mutate({ body })
    },
  })
  const again = () => {
    request.reset()
    look.reset()
  }
  const offered = look.data?.offer && { offer: look.data.offer, email: look.variables.body.email }
  return (
    <>
      <AskForLink
        say={useWords()}
        sayRefusal={refusals}
        problem={(look.error ?? request.error)?.problem}
        isBusy={look.isPending || request.isPending}
        holdsMinutes={request.data?.linkHoldsMinutes}
        instead={
          offered && (
            <div className="stack">
              {request.error && <ProblemNotice problem={request.error.problem} sayRefusal={refusals} />}
              <SignInOffer
                {...offered}
                isSending={request.isPending}
                onLink={() => request.mutate({ body: { email: offered.email } })}
                onAgain={again}
              />
            </div>
          )
        }
        onEmail={(email) => look.mutate({ body: { email } })}
        onAgain={again}
      />
      {!offered && !request.data && <PasskeySignIn />}
    </>
  )
}
