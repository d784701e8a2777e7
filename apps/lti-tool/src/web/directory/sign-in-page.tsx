import { requestSignIn, verifySignIn } from '@copractice/core/directory'
import { AskForLink, BrandMark, ConfirmLink, SkipLink, useMailedToken, useSend } from '@copractice/ui'
import { useRouter } from '@tanstack/react-router'
import { useSessionHolder } from './session-provider.tsx'
import { useRefusals, useWords } from './say.ts'
import './directory.css'

/** Sign-in without an LMS: ask for a link, or, arriving by one, confirm it. */
export function SignInPage() {
  const { token, forget } = useMailedToken()
  return (
    <>
      <SkipLink />
      <main className="wrap narrow" id="main" tabIndex={-1}>
        <BrandMark />
        {token ? <Confirm key={token} token={token} onNewLink={forget} /> : <Request />}
      </main>
    </>
  )
}

function Confirm({ token, onNewLink }: { token: string; onNewLink: () => void }) {
  const holder = useSessionHolder()
  const router = useRouter()
  const verify = useSend(verifySignIn, {
    onDone: (session) => {
      holder.hold(session)
      router.history.replace('/')
    },
  })
  return (
    <ConfirmLink
      say={useWords()}
      sayRefusal={useRefusals()}
      problem={verify.error?.problem}
      isBusy={verify.isPending}
      onConfirm={() => verify.mutate({ body: { token } })}
      onNewLink={onNewLink}
    />
  )
}

function Request() {
  const request = useSend(requestSignIn)
  return (
    <AskForLink
      say={useWords()}
      sayRefusal={useRefusals()}
      problem={request.error?.problem}
      isBusy={request.isPending}
      holdsMinutes={request.data?.linkHoldsMinutes}
      onEmail={(email) => request.mutate({ body: { email } })}
      onAgain={() => request.reset()}
    />
  )
}
