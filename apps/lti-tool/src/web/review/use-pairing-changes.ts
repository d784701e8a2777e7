import { useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import {
  attendanceRoute,
  changePairingRoute,
  pairingJudge,
  type KeyedPairingChange,
  type PairingChange,
  type PairingMatrix,
  type PairingVerdict,
} from '@copractice/core/review'
import { useSend, useTell } from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { roundRefreshes } from './round-refreshes.ts'
import { usePairingRefusals, usePairingWords } from './say-pairings.ts'

/** A review picked up from `from`, on its way to the row `to`. */
export type Carried = Readonly<{ column: number; from: number; to: number }>

export type PairingChanges = Readonly<{
  judge: (change: PairingChange) => PairingVerdict
  carried: Carried | null
  /** Says aloud what keyboard and pointer do. */
  said: string
  pickUp: (row: number, column: number) => void
  carryTo: (row: number) => void
  putDown: (row?: number) => void
  leave: () => void
  change: (change: PairingChange) => void
  isBusy: boolean
}>

/** The same review by the keys of its author and of the two reviewers. */
type Held = Readonly<Record<keyof Carried, string>>

const refreshes = [...roundRefreshes, attendanceRoute]

/** Changes of pairings with undo. Each is judged here by the rule that the server judges it by. */
export function usePairingChanges(
  roundId: RoundId,
  matrix: PairingMatrix,
  speak: (verdict: PairingVerdict) => string,
): PairingChanges {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const nameOf = usePersonName()
  // Held by keys: the page is read again every minute, and then the same place may be somebody else's.
  const [held, setHeld] = useState<Held | null>(null)
  const carried = placed(matrix, held)
  const setCarried = (at: Carried | null) => setHeld(at && heldAt(matrix, at))
  const [said, setSaid] = useState('')
  const judge = pairingJudge(matrix)
  const name = (key: string) => {
    const person = matrix.rows.find((row) => row.key === key)
    return person ? nameOf(person) : ''
  }
  const undo = useSend(changePairingRoute, { refreshes, onDone: () => tell({ text: say('told.undone') }) })
  const send = useSend(changePairingRoute, {
    refreshes,
    onDone: ({ undo: back }, { body: { stand, change } }) => {
      const to = name(change.kind === 'move' ? change.to : change.reviewer)
      const text = say(`told.${change.kind}`, { to, from: to })
      tell({ text, undo: () => undo.mutate({ params: { roundId }, body: { stand, change: back } }, { onError }) })
    },
  })
  const onError = (error: { problem: { code: string; facts?: unknown } }) =>
    tell({ tone: 'bad', text: refusals(error.problem.code, error.problem.facts) ?? say('why.gone') })

  const change = (asked: PairingChange) => {
    setHeld(null)
    // Meant for a review that somebody else has moved meanwhile.
    if (held && !carried) return setSaid(say('why.gone'))
    const verdict = judge(asked)
    if (!verdict.may) return setSaid(speak(verdict))
    setSaid('')
    const change = keyed(matrix, asked)
    if (change) send.mutate({ params: { roundId }, body: { stand: matrix.stand, change } }, { onError })
  }
  return {
    judge,
    carried,
    said,
    pickUp: (row, column) => {
      const verdict = judge({ kind: 'remove', row, column })
      if (!verdict.may) return setSaid(speak(verdict))
      setCarried({ column, from: row, to: row })
      setSaid(say('said.pickedUp', { reviewer: nameOf(matrix.rows[row]!), author: nameOf(matrix.columns[column]!) }))
    },
    carryTo: (row) => {
      if (!carried || row === carried.to) return
      setCarried({ ...carried, to: row })
      const { column, from } = carried
      const verdict = row === from ? say('why.same') : speak(judge({ kind: 'move', column, from, to: row }))
      setSaid(say('said.stop', { reviewer: nameOf(matrix.rows[row]!), verdict }))
    },
    putDown: (row) => {
      if (!carried) return setHeld(null)
      const to = row ?? carried.to
      if (to !== carried.from) return change({ kind: 'move', column: carried.column, from: carried.from, to })
      setCarried(null)
      setSaid(say('said.cancelled'))
    },
    leave: () => {
      if (!carried) return
      setCarried(null)
      setSaid(say('said.cancelled'))
    },
    change,
    isBusy: send.isPending || undo.isPending,
  }
}

function heldAt({ rows, columns }: PairingMatrix, { column, from, to }: Carried): Held {
  return { column: columns[column]!.key, from: rows[from]!.key, to: rows[to]!.key }
}

/** Where it lies now; null where the review is no longer there, or the page shows other people. */
function placed({ rows, columns, pairs }: PairingMatrix, held: Held | null): Carried | null {
  if (!held) return null
  const row = (key: string) => rows.findIndex((each) => each.key === key)
  const [column, from, to] = [columns.findIndex(({ key }) => key === held.column), row(held.from), row(held.to)]
  const isThere = to >= 0 && pairs.some((pair) => pair.row === from && pair.column === column)
  return isThere ? { column, from, to } : null
}

function keyed({ rows, columns }: PairingMatrix, change: PairingChange): KeyedPairingChange | null {
  const author = columns[change.column]?.key
  const row = (at: number) => rows[at]?.key
  if (author === undefined) return null
  if (change.kind === 'move') {
    const [from, to] = [row(change.from), row(change.to)]
    return from === undefined || to === undefined ? null : { kind: 'move', author, from, to }
  }
  const reviewer = row(change.row)
  return reviewer === undefined ? null : { kind: change.kind, author, reviewer }
}
