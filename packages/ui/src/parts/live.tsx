import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useUiWords } from '../words/create-i18n.ts'
import { Icon } from './icon.tsx'

export type Told = Readonly<{ text: string; undo?: () => void; tone?: 'ok' | 'bad' }>
type Tell = (told: Told) => void
const TellContext = createContext<Tell>(() => undefined)

const SHOWN_MS = 8_000
const UNDO_SHOWN_MS = 20_000

/** One message at a time at the foot of the window, spoken politely. With an undo it stays longer, and while it has focus. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const say = useUiWords()
  const [told, setTold] = useState<(Told & { id: number }) | null>(null)
  const count = useRef(0)
  const [isHeld, setIsHeld] = useState(false)
  const tell = useCallback<Tell>((next) => {
    setIsHeld(false)
    setTold({ ...next, id: ++count.current })
  }, [])
  useEffect(() => {
    if (!told || isHeld) return undefined
    const timer = setTimeout(() => setTold(null), told.undo ? UNDO_SHOWN_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [told, isHeld])
  const close = () => setTold(null)
  return (
    <TellContext value={tell}>
      {children}
      <div className="toasts" onFocus={() => setIsHeld(true)} onBlur={() => setIsHeld(false)}>
        <div role="status">
          {told && (
            <div className={`toast${told.tone === 'bad' ? ' toast-bad' : ''}`} key={told.id}>
              <Icon name={told.tone === 'bad' ? 'warn' : 'check'} small />
              <span>{told.text}</span>
              {told.undo && (
                <button
                  type="button"
                  onClick={() => {
                    told.undo?.()
                    close()
                  }}
                >
                  {say('undo')}
                </button>
              )}
              <button type="button" aria-label={say('dismiss')} onClick={close}>
                <Icon name="cross" small />
              </button>
            </div>
          )}
        </div>
      </div>
    </TellContext>
  )
}

/** Says what happened, on screen and aloud: `tell({ text, undo })`. */
export const useTell = (): Tell => use(TellContext)

/** Text for assistive technology only, spoken when it changes. */
export function Spoken({ children }: { children: string }) {
  const text = useMemo(() => children, [children])
  return (
    <span className="vh" role="status">
      {text}
    </span>
  )
}
