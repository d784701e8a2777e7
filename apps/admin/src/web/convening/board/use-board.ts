import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  changePlacement,
  showPlacement,
  stepPlacement,
  weighPlacement,
  type BoardChange,
  type BoardSeen,
  type ChangeSeen,
  type Elsewhere,
  type PersonOnBoard,
  type Reason,
} from '@copractice/core/convening/board'
import type { ConveningId } from '@copractice/core/kernel'
import { routeKey, useRoute, useSend, useTell } from '@copractice/ui'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'

/** Where somebody can be put down: the key of a cohort, or nowhere. */
export const NOWHERE = 'nowhere'

/** What the rules say of putting the carried person down there; undefined while they are asked. */
export type Verdict =
  | Readonly<{ kind: 'here' }>
  | Readonly<{ kind: 'no'; why: Reason }>
  | Readonly<{ kind: 'yes'; elsewhere: Elsewhere | null }>
  | undefined

const refreshes = [showPlacement, weighPlacement]

/** The board's state on screen: who is looked at, who is carried and where to, and the changes that are sent. */
export function useBoard(conveningId: ConveningId, board: BoardSeen) {
  const say = useWords()
  const tell = useTell()
  const spell = useSpelling()
  const [selected, setSelected] = useState<string | null>(null)
  const [carried, setCarried] = useState<string | null>(null)
  const [target, setTarget] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const [lost, setLost] = useState<readonly ChangeSeen[]>([])
  const [toFocus, setToFocus] = useState<Readonly<{ id: string; since: number }> | null>(null)
  const rested = useRested(carried ?? selected)
  const weighed = useRoute(
    weighPlacement,
    { params: { conveningId, personId: rested ?? '' } },
    { enabled: rested !== null && board.people.some(({ id }) => id === rested) },
  )
  const { data: weight, isFetching, refetch } = weighed
  const isOutOfDate = weight !== undefined && weight.version < board.version
  useEffect(() => {
    if (isOutOfDate && !isFetching) void refetch()
  }, [isOutOfDate, isFetching, refetch])
  const client = useQueryClient()
  const change = useSend(changePlacement, { refreshes })
  const step = useSend(stepPlacement, { refreshes })
  useOthersChanges(board)

  const people = new Map(board.people.map((person) => [person.id, person]))
  const cohortOf = (id: string) => board.cohorts.find(({ members }) => members.includes(id))
  const nameOf = (id: string) => people.get(id)?.name ?? ''
  const targetName = (to: string) => board.cohorts.find(({ key }) => key === to)?.name ?? say('nowhere')
  const asked = weighed.data?.id === carried && weighed.data?.version === board.version ? weighed.data : undefined

  const verdictAt = (to: string): Verdict => {
    if (carried === null) return undefined
    const here = cohortOf(carried)
    if (to === (here?.key ?? NOWHERE)) return { kind: 'here' }
    if (!asked) return undefined
    if (to === NOWHERE) return asked.away ? { kind: 'no', why: asked.away } : { kind: 'yes', elsewhere: null }
    const elsewhere = asked.elsewhere.find(({ cohort }) => cohort === to)
    if (!elsewhere) return undefined
    return elsewhere.block ? { kind: 'no', why: elsewhere.block } : { kind: 'yes', elsewhere }
  }
  const spellVerdict = (verdict: Verdict): string => {
    if (!verdict) return say('verdict.looking')
    if (verdict.kind === 'here') return say('verdict.here')
    if (verdict.kind === 'no') return spell.short(verdict.why)
    if (!verdict.elsewhere) return say('verdict.nowhere')
    const { sharedThen, alone } = verdict.elsewhere
    const fits = say('verdict.fits', { count: sharedThen })
    return alone.length ? `${fits}, ${say('verdict.alone', { count: alone.length })}` : fits
  }

  /** Somebody was first: what they did is told, and the board shown as it is now. */
  const lose = (facts: unknown) => {
    setLost(changesOf(facts))
    for (const route of refreshes) void client.invalidateQueries({ queryKey: routeKey(route) })
  }
  const send = (what: BoardChange, done: string) => {
    setLost([])
    change.mutate(
      { params: { conveningId }, body: { version: board.version, change: what } },
      {
        onSuccess: () => {
          setSaid(done)
          tell({ text: done, undo: () => takeStep('undo') })
        },
        onError: ({ problem }) => {
          if (problem.code === 'placement.changed') lose(problem.facts)
        },
      },
    )
  }
  // The message offers its undo long after this render: the version is the newest there is then.
  const version = useRef(board.version)
  useEffect(() => {
    version.current = board.version
  }, [board.version])
  const takeStep = (which: 'undo' | 'redo') => {
    setLost([])
    step.mutate(
      { params: { conveningId }, body: { version: version.current, step: which } },
      {
        onSuccess: () => tell({ text: say(which === 'undo' ? 'undone' : 'redone') }),
        onError: ({ problem }) => {
          if (problem.code === 'placement.changed') lose(problem.facts)
        },
      },
    )
  }

  const pickUp = (id: string) => {
    setToFocus(null)
    setSelected(id)
    setCarried(id)
    setTarget(cohortOf(id)?.key ?? NOWHERE)
    setSaid(say('carry.picked', { name: nameOf(id) }))
  }
  const letGo = () => {
    if (carried === null) return
    setCarried(null)
    setTarget(null)
    setSaid(say('carry.cancelled'))
  }
  const moveTo = (id: string, to: string) => {
    const moving = weighed.data?.id === id ? weighed.data.elsewhere.find(({ cohort }) => cohort === to) : undefined
    const along = moving?.along.length ? ` ${say('movedWith', { count: moving.along.length })}` : ''
    const done =
      to === NOWHERE
        ? say('movedOut', { name: nameOf(id) })
        : say('moved', { name: nameOf(id), cohort: targetName(to) })
    setToFocus({ id, since: board.version })
    setCarried(null)
    setTarget(null)
    send({ kind: 'move', id, to: to === NOWHERE ? null : to }, `${done}${along}`)
  }
  /** Puts the carried person down where a rule allows it; where one forbids, says why and keeps carrying nobody. */
  const putDown = (to: string) => {
    if (carried === null) return
    const verdict = verdictAt(to)
    if (verdict?.kind === 'yes') moveTo(carried, to)
    else if (verdict?.kind === 'no') {
      setSaid(say('carry.stays', { name: nameOf(carried), why: spell.reason(verdict.why) }))
    } else if (verdict?.kind === 'here') letGo()
  }
  const places = [NOWHERE, ...board.cohorts.map(({ key }) => key)]
  const choose = (by: 1 | -1) => {
    if (carried === null) return
    const at = Math.max(0, Math.min(places.length - 1, places.indexOf(target ?? NOWHERE) + by))
    setTarget(places[at]!)
  }
  return {
    selected,
    setSelected,
    carried,
    target,
    setTarget,
    said,
    lost,
    weighed,
    toFocus,
    people: people as ReadonlyMap<string, PersonOnBoard>,
    cohortOf,
    nameOf,
    targetName,
    verdictAt,
    spellVerdict,
    pickUp,
    letGo,
    putDown,
    choose,
    moveTo,
    send,
    takeStep,
    isBusy: change.isPending || step.isPending,
    problem: change.error?.problem ?? step.error?.problem,
  }
}
export type BoardHands = ReturnType<typeof useBoard>

const REST_MS = 120
/** The person looked at once the arrows rest, so that passing by asks nothing; a first one at once. */
function useRested(id: string | null): string | null {
  const [rested, setRested] = useState(id)
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST_MS)
    return () => clearTimeout(timer)
  }, [id])
  return rested
}

/** Says what others did to the board since this page last looked. */
function useOthersChanges({ version, changes }: BoardSeen): void {
  const tell = useTell()
  const spell = useSpelling()
  const seen = useRef(version)
  useEffect(() => {
    const theirs = changes.filter((one) => one.version > seen.current && !one.isMine)
    seen.current = version
    const [latest] = theirs
    if (latest) tell({ text: spell.change(latest) })
  }, [version, changes, tell, spell])
}

/** Facts of a refusal come as they were sent; only what can be read of them is told. */
function changesOf(facts: unknown): readonly ChangeSeen[] {
  const { changes } = facts as { changes?: ChangeSeen[] }
  return Array.isArray(changes) ? changes : []
}
