import { useCallback, useEffect, useRef, useState } from 'react'
import * as contract from '@copractice/core/convening'
import { CheckInMark } from '@copractice/core/convening'
import type { ConveningId } from '@copractice/core/kernel'
import * as z from 'zod'
import { drop, keep, kept, useCall, type CallProblem } from '@copractice/ui'

const AT_A_TIME = 500
const RETRY_MS = 15_000
const Marks = z.array(CheckInMark)

export type CheckIns = Readonly<{
  /** Those that have not reached the server, oldest first. */
  pending: readonly CheckInMark[]
  mark: (mark: CheckInMark) => void
  /** Why the latest try was refused; a missing connection is no refusal. */
  problem: CallProblem<typeof contract.saveCheckIns> | undefined
  /** People the server did not take, since the page was opened. */
  unknown: number
}>

/**
 * Check-ins of one convening from this device: each is kept here first (ids and times, no names), sent at once, and sent
 * again until the server has it. Sending twice changes nothing there.
 */
export function useCheckIns(conveningId: ConveningId, onSaved: () => void): CheckIns {
  const call = useCall()
  const key = `copractice.desk.${conveningId}`
  const [pending, setPending] = useState<readonly CheckInMark[]>(() => Marks.safeDecode(kept(key) as never).data ?? [])
  const [problem, setProblem] = useState<CheckIns['problem']>(undefined)
  const [unknown, setUnknown] = useState(0)
  const queue = useRef(pending)
  const isSending = useRef(false)
  const saved = useRef(onSaved)
  useEffect(() => {
    saved.current = onSaved
  })

  const put = useCallback(
    (next: readonly CheckInMark[]) => {
      queue.current = next
      if (next.length) keep(key, z.encode(Marks, [...next]))
      else drop(key)
      setPending(next)
    },
    [key],
  )
  const flush = useCallback(async () => {
    if (isSending.current || !queue.current.length) return
    isSending.current = true
    try {
      while (queue.current.length) {
        const marks = queue.current.slice(0, AT_A_TIME)
        const answer = await call(contract.saveCheckIns, { params: { conveningId }, body: { marks } })
        if (!answer.ok) {
          setProblem(answer.problem.code === 'offline' ? undefined : answer.problem)
          return
        }
        setProblem(undefined)
        setUnknown((count) => count + answer.value.unknown.length)
        put(queue.current.filter((mark) => !marks.includes(mark)))
        saved.current()
      }
    } finally {
      isSending.current = false
    }
  }, [call, conveningId, put])

  useEffect(() => {
    const again = () => void flush()
    again()
    window.addEventListener('online', again)
    const timer = setInterval(again, RETRY_MS)
    return () => {
      window.removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [flush])

  const mark = useCallback(
    (one: CheckInMark) => {
      put([...queue.current, one])
      void flush()
    },
    [put, flush],
  )
  return { pending, mark, problem, unknown }
}

/** Whether somebody is here, as this device knows it: what waits to be sent counts before what the server said. */
export function isHere(
  pending: readonly CheckInMark[],
  { registrationId, sessionId }: Pick<CheckInMark, 'registrationId' | 'sessionId'>,
  told: boolean,
): boolean {
  const last = pending.findLast((one) => one.registrationId === registrationId && one.sessionId === sessionId)
  return last ? last.isHere : told
}
