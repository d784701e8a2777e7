import { useEffect, useState, type ReactNode } from 'react'
import { resumeSession } from '@copractice/core/directory'
import {
  ActionButton,
  AppLink,
  BrandMark,
  canKeep,
  isFramed,
  LoadingLines,
  Notice,
  PageTitle,
  useCall,
} from '@copractice/ui'
import { useLms } from './lms.tsx'
import { useSessionHolder, useSessionState } from './session-provider.tsx'
import { useWords } from './say.ts'

/**
 * Lets a page through once this window holds a session. Without one it tries to resume an earlier sign-in by e-mail,
 * then says how to come in. A session that ended while the page stood keeps the page, so that no text is lost.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSessionState()
  const hasStood = useHasStood(state === 'held')
  const resume = useResume()
  const [isTrying, setIsTrying] = useState(state !== 'held')
  useEffect(() => {
    if (state === 'held') return
    void resume().then(() => setIsTrying(false))
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the page opens
  }, [])
  const say = useWords()
  if (state === 'held' || hasStood) return children
  if (isTrying) {
    return (
      <main className="wrap" id="main">
        <LoadingLines what={say('space')} lines={6} />
      </main>
    )
  }
  return <NoSessionPage />
}

const useHasStood = (isHeld: boolean) => {
  const [hasStood, setHasStood] = useState(isHeld)
  if (isHeld && !hasStood) setHasStood(true)
  return hasStood
}

/** Asks for a fresh session by the cookie of an earlier e-mail sign-in. In a frame there is none to send. */
function useResume(): () => Promise<boolean> {
  const call = useCall()
  const holder = useSessionHolder()
  return async () => {
    if (isFramed()) return false
    const answer = await call(resumeSession, {})
    if (answer.ok) holder.hold(answer.value)
    return answer.ok
  }
}

function NoSessionPage() {
  const say = useWords()
  const { returnUrl } = useLms()
  return (
    <main className="wrap narrow" id="main" tabIndex={-1}>
      <BrandMark />
      <PageTitle within="Copractice">{say('ended.title')}</PageTitle>
      <p>{say('ended.text')}</p>
      {returnUrl && (
        <p>
          <a href={returnUrl} target="_top">
            {say('foot.back')}
          </a>
        </p>
      )}
      {!isFramed() && (
        <p>
          {say('ended.mail')} <AppLink href="/sign-in">{say('ended.signIn')}</AppLink>
        </p>
      )}
    </main>
  )
}

/** Over a page whose session has ended: the text stays in sight and in this browser. Said at once, not politely. */
export function SessionEndedBanner() {
  const state = useSessionState()
  const resume = useResume()
  const say = useWords()
  const [isOver, setIsOver] = useState(false)
  if (state !== 'ended') return <div role="alert" />
  const isKept = canKeep()
  return (
    <div role="alert" className="banner">
      <Notice
        tone="warn"
        icon="lock"
        action={
          !isFramed() && (
            <ActionButton
              weight="quiet"
              size="small"
              onClick={() => void resume().then((isBack) => setIsOver(!isBack))}
            >
              {say('ended.resume')}
            </ActionButton>
          )
        }
      >
        <strong>{say(isKept ? 'ended.banner' : 'ended.bannerUnkept')}</strong>{' '}
        {say(isKept ? 'ended.open' : 'ended.openUnkept')}
        {isOver && (
          <p>
            {say('ended.mailOver')}{' '}
            <a href="/sign-in" target="_blank" rel="noopener">
              {say('ended.signInBeside')}
            </a>
          </p>
        )}
      </Notice>
    </div>
  )
}
