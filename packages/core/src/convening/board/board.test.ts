import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlacement, placeGreedily, scorePlacement, type PlacementProblem } from '../placement/index.ts'
import { anyProblem, registrant } from '../placement/testing/index.ts'
import {
  answerOf,
  applyPatch,
  asBoard,
  changeBoard,
  diffBoards,
  EMPTY_BOARD,
  joinPins,
  aroundPins,
  judgeMove,
  keepsPins,
  problemOfRegistrations,
  standingOf,
  unplacedOf,
  withoutStrangers,
  withPins,
  type Board,
  type BoardChange,
  type BoardEntry,
} from './index.ts'

const boardOf = (problem: PlacementProblem): Board => asBoard(EMPTY_BOARD, placeGreedily(problem), [])
const broken = (problem: PlacementProblem, board: Board) =>
  checkPlacement(problem, { cohorts: answerOf(problem, board), unplaced: unplacedOf(problem, board) })

/** Any change by place in the list, so that it can be made whatever the board has become. */
const anyEdit = fc.record({
  kind: fc.constantFrom('move', 'move', 'move', 'away', 'swap', 'chair', 'pin', 'dissolve', 'fit', 'undo', 'redo'),
  who: fc.nat(11),
  other: fc.nat(11),
  where: fc.nat(5),
})
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never

function changeOf({ kind, who, other, where }: Edit, { cohorts }: Board): BoardChange {
  const cohort = cohorts[where % Math.max(1, cohorts.length)]?.key ?? 'c0'
  const id = `p${who}`
  if (kind === 'away') return { kind: 'move', id, to: null }
  const placed = cohorts.flatMap(({ members }) => members)
  const seatedAt = (at: number) => placed[at % Math.max(1, placed.length)] ?? id
  if (kind === 'swap') return { kind, id: seatedAt(who), other: seatedAt(other) }
  if (kind === 'chair') return { kind, cohort, id }
  if (kind === 'pin') return { kind, id, isPinned: other % 2 === 0 }
  if (kind === 'dissolve') return { kind, cohort }
  if (kind === 'fit') return { kind }
  return { kind: 'move', id, to: cohort }
}

describe('a board', () => {
  it('never breaks a rule, whatever is done to it, undone and done again', () => {
    const seen = new Map<string, number>()
    const wrong: [number, number][] = []
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(anyProblem(12), fc.boolean(), fc.array(anyEdit, { maxLength: 25 }), (given, isRoomy, edits) => {
        const problem = isRoomy ? { ...given, policy: { seats: 5, minimum: 1, commonSlots: 1 } } : given
        let board = boardOf(problem)
        const history: (BoardEntry & { patch: ReturnType<typeof diffBoards> })[] = []
        for (const [at, edit] of edits.entries()) {
          const before = board
          let of: number | null = null
          if (edit.kind === 'undo' || edit.kind === 'redo') {
            of = standingOf(history)[edit.kind]
            const entry = history.find(({ version }) => version === of)
            if (!entry) continue
            board = applyPatch(board, entry.patch, edit.kind === 'undo' ? 'before' : 'after')
          } else {
            const change = changeOf(edit, board)
            const judged = change.kind === 'move' ? changed(problem, board, change) : undefined
            const after = changeBoard(problem, board, change)
            count(`${change.kind} ${after.ok ? 'done' : after.refusal.code}`)
            if (!after.ok) continue
            board = after.value
            const gained = score(problem, board) - score(problem, before)
            if (judged !== undefined && judged !== gained) wrong.push([judged, gained])
          }
          const kind = edit.kind === 'away' ? 'move' : edit.kind
          history.push({ version: at, kind, of, patch: diffBoards(before, board) })
          expect(broken(problem, board)).toEqual([])
          const placed = board.cohorts.flatMap(({ members }) => members)
          expect(board.pinned.filter((id) => !placed.includes(id))).toEqual([])
        }
      }),
      { numRuns: 1500 },
    )
    expect(wrong).toEqual([])
    for (const what of ['move', 'swap', 'chair', 'pin', 'dissolve'])
      expect([what, seen.get(`${what} done`) ?? 0]).not.toEqual([what, 0])
    for (const why of ['full', 'times', 'minimum'])
      expect([why, seen.get(`move placement.${why}`) ?? 0]).not.toEqual([why, 0])
  })

  const score = (problem: PlacementProblem, board: Board) => scorePlacement(problem, answerOf(problem, board))
  const changed = (problem: PlacementProblem, board: Board, change: { id: string; to: string | null }) => {
    if (board.cohorts.some(({ key, members }) => key === change.to && members.includes(change.id))) return 0
    if (!problem.registrants.some(({ id }) => id === change.id)) return undefined
    if (change.to !== null && !board.cohorts.some(({ key }) => key === change.to)) return undefined
    const judged = judgeMove(problem, board, change)
    return judged.ok ? judged.value.change : undefined
  }

  it('undone as often as it was changed is as it began, and done again as it ended', () => {
    fc.assert(
      fc.property(anyProblem(12), fc.array(anyEdit, { maxLength: 12 }), (problem, edits) => {
        const first = boardOf(problem)
        let board = first
        const patches = edits.flatMap((edit) => {
          const next = changeBoard(problem, board, changeOf(edit, board))
          if (!next.ok) return []
          const patch = diffBoards(board, next.value)
          board = next.value
          return [patch]
        })
        const last = board
        for (const patch of patches.toReversed()) board = applyPatch(board, patch, 'before')
        expect(board).toEqual(first)
        for (const patch of patches) board = applyPatch(board, patch, 'after')
        expect(board).toEqual(last)
      }),
    )
  })

  it('loses nobody else when somebody cancels, and says what that broke', () => {
    fc.assert(
      fc.property(anyProblem(12), fc.nat(11), (problem, gone) => {
        const board = boardOf(problem)
        const rest = problem.registrants
          .filter(({ id }) => id !== `p${gone}`)
          .map((one) => ({
            ...one,
            with: one.with.filter((id) => id !== `p${gone}`),
            notWith: one.notWith.filter((id) => id !== `p${gone}`),
          }))
        const left = { ...problem, registrants: rest }
        const after = withoutStrangers(left, board)
        expect(after.cohorts.flatMap(({ members }) => members).sort()).toEqual(
          board.cohorts.flatMap(({ members }) => members.filter((id) => id !== `p${gone}`)).sort(),
        )
        const codes = broken(left, after).map(({ code }) => code)
        expect(codes.filter((code) => !['placement.minimum', 'placement.chair'].includes(code))).toEqual([])
      }),
    )
  })
})

describe('what is pinned', () => {
  it('stays with its chair when the rest is solved again, as a wish or else as a whole cohort', () => {
    fc.assert(
      fc.property(anyProblem(12), fc.array(fc.nat(11), { maxLength: 4 }), (problem, pins) => {
        const first = boardOf(problem)
        const placed = first.cohorts.flatMap(({ members }) => members)
        const board = { ...first, pinned: [...new Set(pins.map((at) => `p${at}`))].filter((id) => placed.includes(id)) }
        const asWish = placeGreedily(withPins(problem, board))
        const solved = keepsPins(board, asWish)
          ? asWish
          : joinPins(problem, board, placeGreedily(aroundPins(problem, board)))
        expect(keepsPins(board, solved)).toBe(true)
        const next = asBoard(board, solved, ['Oak'])
        expect(broken(problem, next)).toEqual([])
        expect(next.pinned).toEqual(board.pinned)
        expect(new Set(next.cohorts.map(({ key }) => key)).size).toBe(next.cohorts.length)
        expect(new Set(next.cohorts.map(({ name }) => name)).size).toBe(next.cohorts.length)
        for (const id of board.pinned) {
          const at = (some: Board) => some.cohorts.find(({ members }) => members.includes(id))!.key
          expect(at(next)).toBe(at(board))
        }
      }),
    )
  })
})

const three = { seats: 3, minimum: 2, commonSlots: 2 }
const problemOf = (...registrants: PlacementProblem['registrants']) => ({ seed: 1, policy: three, registrants })
const cohort = (key: string, ...members: string[]) => ({
  key,
  name: key,
  chair: members[0]!,
  members,
  cohortId: null,
  seated: [],
})

describe('a move', () => {
  const people = [
    ...['a', 'b', 'c'].map((id) => registrant(id)),
    registrant('d', { slots: ['mon-9', 'fri-9'] }),
    registrant('e', { slots: ['mon-9', 'fri-9', 'tue-9'], with: ['f'] }),
    registrant('f', { slots: ['mon-9', 'fri-9', 'tue-9'], campus: 'B' }),
    registrant('x', { with: ['f'] }),
    registrant('y', { languages: ['es'] }),
    registrant('z', { notWith: ['d'], slots: ['mon-9', 'fri-9'] }),
  ]
  const board = { cohorts: [cohort('c1', 'a', 'b', 'c'), cohort('c2', 'd', 'e', 'f')], pinned: [] }
  const two = { cohorts: [cohort('c1', 'a', 'b'), cohort('c2', 'd', 'e', 'f')], pinned: [] }
  it.each([
    ['into a full cohort', board, 'd', 'c1', { code: 'placement.full', facts: { cohort: 'c1', seats: 3, over: 1 } }],
    [
      'where too few times stay',
      { ...two, cohorts: [cohort('c1', 'a', 'b'), cohort('c2', 'd', 'z', 'f')] },
      'd',
      'c1',
      { code: 'placement.times', facts: { shared: 1, needs: 2, missing: 1, ask: ['tue-9', 'wed-9'] } },
    ],
    ['where nobody speaks it', two, 'y', 'c1', { code: 'placement.language', facts: { languages: ['en'] } }],
    [
      'beside somebody kept apart',
      { ...two, cohorts: [two.cohorts[0]!, cohort('c2', 'd', 'f')] },
      'z',
      'c2',
      { code: 'placement.apart', facts: { cohort: 'c2' } },
    ],
    ['away from whom they asked for', two, 'x', 'c1', { code: 'placement.with', facts: { people: ['f'] } }],
    [
      'that leaves too few behind',
      { ...two, cohorts: [cohort('c1', 'b', 'c'), cohort('c2', 'd')] },
      'c',
      null,
      { code: 'placement.minimum', facts: { left: 1, minimum: 2, short: 1 } },
    ],
  ])('%s is refused with what would make it possible', (_what, on, id, to, refusal) => {
    const judged = judgeMove(problemOf(...people), on, { id, to })
    expect(judged).toMatchObject({ ok: false, refusal })
  })

  it('takes along whom a wish ties to them, and pins them', () => {
    const roomy = { ...problemOf(...people), policy: { ...three, seats: 5, minimum: 1 } }
    const moved = changeBoard(roomy, two, { kind: 'move', id: 'f', to: 'c1' })
    expect(moved).toMatchObject({
      value: { cohorts: [{ members: ['a', 'b', 'f', 'e'] }, { members: ['d'] }], pinned: ['f', 'e'] },
    })
  })

  it('swaps where a move would not go, and not those whom a wish ties', () => {
    const problem = problemOf(...people)
    const full = { cohorts: [cohort('c1', 'a', 'b', 'c'), cohort('c2', 'e', 'f', 'x')], pinned: [] }
    const free = { ...problem, registrants: people.map((one) => (one.id === 'x' ? { ...one, with: [] } : one)) }
    const swap = { kind: 'swap', id: 'a', other: 'x' } as const
    expect(changeBoard(free, full, { kind: 'move', id: 'x', to: 'c1' })).toMatchObject({ ok: false })
    expect(changeBoard(problem, full, swap)).toMatchObject({
      refusal: { code: 'placement.with', facts: { people: ['f'] } },
    })
    expect(changeBoard(problem, full, { ...swap, other: 'f' })).toMatchObject({
      refusal: { code: 'placement.with', facts: { people: ['e', 'x'] } },
    })
    const roomy = { ...free, policy: { ...three, commonSlots: 1 } }
    expect(changeBoard(roomy, full, swap)).toMatchObject({
      value: { cohorts: [{ members: ['x', 'b', 'c'], chair: 'x' }, { members: ['e', 'f', 'a'] }] },
    })
    const apart = { cohorts: [cohort('c1', 'z', 'f'), cohort('c2', 'd', 'a', 'b')], pinned: [] }
    expect(changeBoard(roomy, apart, { kind: 'swap', id: 'a', other: 'z' })).toMatchObject({
      refusal: { code: 'placement.apart', facts: { cohort: 'c2' } },
    })
  })

  it('leaves alone who holds a seat already', () => {
    const seated = { ...two, cohorts: [{ ...two.cohorts[0]!, cohortId: 'x', seated: ['a', 'b'] }, two.cohorts[1]!] }
    for (const change of [
      { kind: 'move', id: 'a', to: null },
      { kind: 'swap', id: 'a', other: 'd' },
      { kind: 'dissolve', cohort: 'c1' },
      { kind: 'chair', cohort: 'c1', id: 'b' },
    ] as const)
      expect(changeBoard(problemOf(...people), seated, change)).toMatchObject({
        refusal: { code: 'placement.seated' },
      })
  })
})

it('a problem is stated from registrations: wishes by address, and a language for those who named none', () => {
  const wishes = { canChair: true, interests: [], languages: ['es'], slots: ['mon-9'], with: [], notWith: [] }
  const one = (id: string, more: Partial<typeof wishes> & { isEligible?: boolean } = {}) => {
    const { isEligible = true, ...said } = more
    return {
      id,
      campus: 'A',
      affiliation: 'staff',
      addresses: [`${id}@x.example`],
      isEligible,
      wishes: { ...wishes, ...said },
    }
  }
  const asked: string[] = ['B@x.example', 'a@x.example', 'gone@x.example']
  const stated = problemOfRegistrations(
    [one('a', { with: asked as never[] }), one('b', { languages: [] }), one('c', { isEligible: false })],
    { seed: 1, policy: three },
  )
  expect(stated).toMatchObject({
    problem: {
      registrants: [
        { id: 'a', with: ['b'] },
        { id: 'b', languages: ['es'] },
      ],
    },
    ineligible: ['c'],
    assumed: { language: 'es', people: 1 },
  })
})
