import { createContext, use, useEffect, useState, type ReactNode } from 'react'

/** One opening of a dialog; null outside any. */
const OpeningContext = createContext<object | null>(null)
/** In which opening of its dialog a problem was first shown. */
const firstShown = new WeakMap<object, object>()

/** Around what a dialog shows, as it comes and goes with each opening. */
export function Opening({ children }: { children: ReactNode }) {
  const [opening] = useState(() => ({}))
  return <OpeningContext value={opening}>{children}</OpeningContext>
}

/** Whether this problem was read in an earlier opening of its dialog, which whoever opens it anew has left behind. */
export function useReadBefore(problem: object): boolean {
  const opening = use(OpeningContext)
  useEffect(() => {
    if (opening && !firstShown.has(problem)) firstShown.set(problem, opening)
  }, [opening, problem])
  return opening !== null && firstShown.has(problem) && firstShown.get(problem) !== opening
}
