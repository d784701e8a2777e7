import { useEffect, useState, useSyncExternalStore } from 'react'
import { createSaver, type SaveAnswer, type Saver, type Saving } from './create-saver.ts'

export type Autosave<T> = Saving<T> & Omit<Saver<T>, 'now' | 'subscribe' | 'start'>

/**
 * A saver for as long as the component stands. `save` is the one given at the first render, so let it read what changes
 * from a ref or a holder; mount anew (`key`) for another subject.
 */
export function useAutosave<T>(options: {
  keepAs: string
  initial: T
  savedAt?: Date | null
  save: (value: T) => Promise<SaveAnswer<T>>
  onRestart?: () => void
  basedOn?: { current: Date | null }
  waitMs?: number
}): Autosave<T> {
  const [saver] = useState(() => createSaver({ savedAt: null, ...options }))
  const saving = useSyncExternalStore(saver.subscribe, saver.now)
  useEffect(() => saver.start(), [saver])
  const { change, settle, flush, restart } = saver
  return { ...saving, change, settle, flush, restart }
}
