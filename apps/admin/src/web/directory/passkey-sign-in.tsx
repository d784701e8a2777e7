import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { beginPasskeySignIn, signInWithPasskey } from '@copractice/core/directory'
import { ActionButton, Notice, ProblemNotice, useCall } from '@copractice/ui'
import { usePasskeyRefusals, usePasskeyWords } from './say-passkey.ts'
import { useCeremony } from './use-ceremony.ts'

/** Signs in with a passkey of this site, whichever the browser has; shown only where the browser knows passkeys. */
export function PasskeySignIn() {
  const say = usePasskeyWords()
  const refusals = usePasskeyRefusals()
  const call = useCall()
  const { begin, isBusy, problem, unanswered } = useCeremony(async () => {
    const begun = await call(beginPasskeySignIn, {})
    if (!begun.ok) return begun.problem
    const shown = await startAuthentication({ optionsJSON: begun.value })
    const { clientExtensionResults, ...rest } = shown
    const answer = { ...rest, clientExtensionResults: { ...clientExtensionResults } }
    const signedIn = await call(signInWithPasskey, { body: { shown: answer } })
    if (!signedIn.ok) return signedIn.problem
    // The whole page is asked for anew, so that nothing of an earlier session stays in memory; where they came to.
    if (window.location.pathname === '/sign-in') window.location.replace('/')
    else window.location.reload()
    return null
  })
  if (!browserSupportsWebAuthn()) return null
  return (
    <div className="stack">
      <p className="muted">{say('or')}</p>
      {unanswered && (
        <Notice tone="info" live>
          {say(unanswered)}
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <ActionButton weight="quiet" onClick={() => void begin()} isBusy={isBusy}>
        {say('signIn')}
      </ActionButton>
    </div>
  )
}
