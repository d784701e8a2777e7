import { useRef, useState } from 'react'
import { newId } from '@copractice/ui'

/** A file on its way. `share`: how much of it has left, 0 to 1; then the server reads it. */
export type FileOnWay = Readonly<{
  id: string
  file: File
  state: 'waiting' | 'sending' | 'failed'
  share: number
  /** Why it failed, in words. */
  why: string
}>

/**
 * Files that are sent one after the other, each with its progress. One that fails stays, with the reason, until it is tried
 * again or left out; the others go on.
 */
export function useFileQueue(send: (file: File, onShare: (share: number) => void) => Promise<string | null>) {
  const [onWay, setOnWay] = useState<readonly FileOnWay[]>([])
  const last = useRef<Promise<void>>(Promise.resolve())
  const change = (id: string, changed: Partial<FileOnWay>) =>
    setOnWay((all) => all.map((one) => (one.id === id ? { ...one, ...changed } : one)))
  const leaveOut = (id: string) => setOnWay((all) => all.filter((one) => one.id !== id))
  const start = (id: string, file: File) => {
    const sendAfter = async (before: Promise<void>) => {
      await before
      change(id, { state: 'sending', share: 0 })
      const why = await send(file, (share) => change(id, { share }))
      if (why === null) leaveOut(id)
      else change(id, { state: 'failed', why })
    }
    last.current = sendAfter(last.current)
  }
  const add = (files: readonly File[]) => {
    const more = files.map((file) => ({ id: newId(), file, state: 'waiting' as const, share: 0, why: '' }))
    setOnWay((all) => [...all, ...more])
    for (const { id, file } of more) start(id, file)
  }
  const again = ({ id, file }: FileOnWay) => {
    change(id, { state: 'waiting', why: '' })
    start(id, file)
  }
  return { onWay, add, again, leaveOut }
}
