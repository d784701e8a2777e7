import { useState } from 'react'
import type { CallProblem } from '@copractice/ui'

/** What the browser or the person at it said instead of an answer; a key of the words. */
type Unanswered = 'asked' | 'held' | 'unable'

/**
 * One conversation with an authenticator: asks our server, then the browser, then our server again. `run` returns the
 * problem of a call, or null when all went well; what the browser throws becomes `unanswered`.
 */
export function useCeremony(run: () => Promise<CallProblem | null>) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const [unanswered, setUnanswered] = useState<Unanswered | null>(null)
  const begin = async () => {
    setIsBusy(true)
    setProblem(null)
    setUnanswered(null)
    try {
      setProblem(await run())
    } catch (error) {
      setUnanswered(unansweredOf(error))
    }
    setIsBusy(false)
  }
  return { begin, isBusy, problem, unanswered }
}

/** WebAuthn tells "no" by a DOMException's name, and on purpose not whether there was no passkey or no wish. */
function unansweredOf(error: unknown): Unanswered {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return 'held'
  return name === 'NotAllowedError' || name === 'AbortError' ? 'asked' : 'unable'
}
