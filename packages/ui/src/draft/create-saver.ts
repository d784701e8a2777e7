import { drop, keep, kept } from './local-keep.ts'

/**
 * How one attempt to save went. `later`: no answer, a fault, or (`isEnded`) no session any more, so it is tried again.
 * `at` null: there is nothing saved now.
 */
export type SaveAnswer<T> =
  | Readonly<{ kind: 'saved'; at: Date | null }>
  | Readonly<{ kind: 'later'; isEnded?: boolean }>
  | Readonly<{ kind: 'conflict'; theirs: T }>
  | Readonly<{ kind: 'refused'; because: string }>

export type SaveStatus =
  | Readonly<{ kind: 'untouched' }>
  | Readonly<{ kind: 'saving' }>
  | Readonly<{ kind: 'saved'; at: Date | null }>
  | Readonly<{ kind: 'offline'; isKept: boolean; isEnded: boolean }>
  | Readonly<{ kind: 'conflict' }>
  | Readonly<{ kind: 'refused'; because: string }>

/** `theirs`: what another window saved meanwhile, while both versions wait for a decision. */
export type Saving<T> = Readonly<{ value: T; status: SaveStatus; theirs: T | null }>

export type Saver<T> = Readonly<{
  now: () => Saving<T>
  subscribe: (listener: () => void) => () => void
  change: (value: T) => void
  /** Ends a conflict with one's own, the other, or both joined by the caller. */
  settle: (value: T) => void
  /** Saves what is unsaved now; true when the server has it. */
  flush: () => Promise<boolean>
  /** Begins again with this value, as after sending. Nothing is saved, and what the browser kept is dropped. */
  restart: (value: T) => void
  /** Sends what was found unsaved from an earlier visit, and tries again when the connection is back. Returns what ends it. */
  start: () => () => void
}>

const KEY = 'copractice.draft:'
const WAIT_MS = 800
const RETRY_MS = [2_000, 5_000, 15_000, 30_000] as const

/**
 * Saves what is typed, a moment after typing stops, one attempt at a time and the newest text last. What the server has
 * not confirmed is also kept in this browser under `keepAs` (which names the person too), so that a reload, an ended
 * session or an offline minute loses nothing; on the next visit it is shown and sent.
 */
export function createSaver<T>(options: {
  keepAs: string
  initial: T
  savedAt: Date | null
  save: (value: T) => Promise<SaveAnswer<T>>
  /** When the next text has nothing to do with the one before. */
  onRestart?: () => void
  /**
   * What `save` says the text was written upon. It is kept with the text, so that what was saved elsewhere before a reload is a
   * conflict after it too, and is not written over.
   */
  basedOn?: { current: Date | null }
  waitMs?: number
}): Saver<T> {
  const { initial, savedAt, save, basedOn, waitMs = WAIT_MS } = options
  const key = KEY + options.keepAs
  const found = kept(key) as { value: T; basedOn?: string | null } | undefined
  if (basedOn && found?.basedOn !== undefined) basedOn.current = found.basedOn === null ? null : new Date(found.basedOn)
  let current: Saving<T> = {
    value: found ? found.value : initial,
    status: savedAt ? { kind: 'saved', at: savedAt } : { kind: 'untouched' },
    theirs: null,
  }
  let isUnsaved = found !== undefined
  let queue: Promise<boolean> = Promise.resolve(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  let misses = 0
  const listeners = new Set<() => void>()
  const set = (next: Partial<Saving<T>>) => {
    current = { ...current, ...next }
    for (const listener of listeners) listener()
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }

  const attempt = async (isAgain = false): Promise<boolean> => {
    const sent = current.value
    set({ status: { kind: 'saving' } })
    const answer = await save(sent).catch((): SaveAnswer<T> => ({ kind: 'later' }))
    const isNewest = Object.is(sent, current.value)
    if (answer.kind === 'saved') {
      misses = 0
      if (!isNewest) return false
      isUnsaved = false
      // Another window of this browser may keep its own text there by now.
      const here = kept(key) as { value: T } | undefined
      if (!here || isSame(here.value, sent)) drop(key)
      set({ status: answer })
      return true
    }
    // It says the same: an answer that was lost on its way, or another window with this very text.
    if (answer.kind === 'conflict' && !isAgain && isSame(answer.theirs, sent)) return attempt(true)
    if (answer.kind === 'conflict') set({ status: { kind: 'conflict' }, theirs: answer.theirs })
    else if (answer.kind === 'refused') set({ status: answer })
    else {
      set({ status: { kind: 'offline', isKept: kept(key) !== undefined, isEnded: answer.isEnded ?? false } })
      // Typing has set its own timer already when the text is no longer what was sent.
      if (isNewest) later(RETRY_MS[Math.min(misses++, RETRY_MS.length - 1)]!)
    }
    return false
  }

  /** One attempt at a time: each waits for those before it, and finds nothing to do when they have saved the newest text. */
  const flush = (): Promise<boolean> => {
    clearTimeout(timer)
    queue = queue.then(() => {
      if (!isUnsaved) return true
      return current.theirs === null ? attempt() : false
    })
    return queue
  }

  const change = (value: T) => {
    isUnsaved = true
    keep(key, { value, ...(basedOn && { basedOn: basedOn.current }) })
    set({ value })
    later(waitMs)
  }

  return {
    now: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change,
    settle: (value) => {
      set({ theirs: null })
      change(value)
      void flush()
    },
    flush,
    restart: (value) => {
      options.onRestart?.()
      clearTimeout(timer)
      isUnsaved = false
      drop(key)
      set({ value, theirs: null, status: { kind: 'untouched' } })
    },
    start: () => {
      const onOnline = () => void flush()
      window.addEventListener('online', onOnline)
      if (isUnsaved) void flush()
      return () => {
        window.removeEventListener('online', onOnline)
        void flush().finally(() => clearTimeout(timer))
      }
    },
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
