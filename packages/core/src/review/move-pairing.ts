import type { PairingMatrix } from './allocation-contract.ts'

/** A change of one pairing, by position in the matrix it was decided on. */
export type PairingChange =
  | Readonly<{ kind: 'move'; column: number; from: number; to: number }>
  | Readonly<{ kind: 'add'; column: number; row: number }>
  | Readonly<{ kind: 'remove'; column: number; row: number }>

/** Why a change may not be: the review is not there, it is sent, the person has it already, may not review it, or takes none. */
export type PairingRefused =
  | 'gone'
  | 'filed'
  | 'exists'
  | 'own_work'
  | 'conflict'
  | 'same_campus'
  | 'away'
  | 'author_away'

/** What a change that may be brings with it. `begun`: what is written is put aside, and comes back with the review. */
export type PairingNote =
  | Readonly<{ kind: 'begun' }>
  | Readonly<{ kind: 'one_campus' }>
  | Readonly<{ kind: 'many'; has: number; most: number }>
  | Readonly<{ kind: 'few'; has: number; least: number }>
  | Readonly<{ kind: 'short'; gets: number; needed: number }>

export type PairingVerdict =
  | Readonly<{ may: true; notes: readonly PairingNote[] }>
  | Readonly<{ may: false; why: PairingRefused }>

/**
 * Judges changes to the pairings of a matrix: on the server before one is saved, and on screen while one is carried.
 * Refused: what is not there any more, a filed review, a pair twice, own work, a conflict, a forbidden campus, a person
 * or work that is away. Loads further than 1 from the average of those who are there and handed in or review, a campus to be avoided and a work
 * left with too few reviews are noted and may be: an instructor may know why.
 */
export function pairingJudge(matrix: PairingMatrix): (change: PairingChange) => PairingVerdict {
  const states = new Map(matrix.pairs.map(({ row, column, state }) => [place(row, column), state]))
  const closed = new Map(matrix.closed.map(({ row, column, why }) => [place(row, column), why]))
  const { least, most } = matrix.bounds ?? boundsOf(matrix)

  const takes = (row: number, column: number): PairingVerdict => {
    const [reviewer, author] = [matrix.rows[row], matrix.columns[column]]
    if (!reviewer || !author) return { may: false, why: 'gone' }
    if (states.has(place(row, column))) return { may: false, why: 'exists' }
    const why = closed.get(place(row, column))
    if (why) return { may: false, why }
    if (reviewer.away) return { may: false, why: 'away' }
    if (author.away) return { may: false, why: 'author_away' }
    const has = reviewer.has + 1
    const notes: PairingNote[] = []
    if (matrix.avoidsCampus && reviewer.campus.id === author.campus.id) notes.push({ kind: 'one_campus' })
    if (has > most) notes.push({ kind: 'many', has, most })
    return { may: true, notes }
  }

  const gives = (row: number, column: number): PairingVerdict => {
    const state = states.get(place(row, column))
    if (state === undefined) return { may: false, why: 'gone' }
    if (state === 'filed') return { may: false, why: 'filed' }
    const reviewer = matrix.rows[row]!
    const has = reviewer.has - 1
    const notes: PairingNote[] = []
    if (state === 'started') notes.push({ kind: 'begun' })
    if (has < least && reviewer.away === null) notes.push({ kind: 'few', has, least })
    return { may: true, notes }
  }

  return (change) => {
    if (change.kind === 'add') return takes(change.row, change.column)
    if (change.kind === 'remove') {
      const given = gives(change.row, change.column)
      if (!given.may) return given
      const [gets, needed] = [matrix.columns[change.column]!.gets - 1, matrix.reviewsPerSubmission]
      return gets < needed && !matrix.columns[change.column]!.away
        ? { may: true, notes: [...given.notes, { kind: 'short', gets, needed }] }
        : given
    }
    const given = gives(change.from, change.column)
    if (!given.may) return given
    const taken = takes(change.to, change.column)
    return taken.may ? { may: true, notes: [...given.notes, ...taken.notes] } : taken
  }
}

function boundsOf(matrix: PairingMatrix): Readonly<{ least: number; most: number }> {
  const authors = new Set(matrix.closed.flatMap(({ row, why }) => (why === 'own_work' ? [row] : [])))
  return loadBounds({
    works: matrix.columns.filter(({ away }) => !away).length,
    reviewers: matrix.rows.filter(({ away, has }, row) => away === null && (has > 0 || authors.has(row))).length,
    reviewsPerSubmission: matrix.reviewsPerSubmission,
  })
}

/** What loads are not remarkable: within 1 of the average. `works` that need reviews, `reviewers` who are there and handed in or review. */
export function loadBounds(
  round: Readonly<{ works: number; reviewers: number; reviewsPerSubmission: number }>,
): Readonly<{ least: number; most: number }> {
  const average = (round.works * round.reviewsPerSubmission) / Math.max(1, round.reviewers)
  return { least: Math.max(0, Math.ceil(average - 1)), most: Math.floor(average + 1) }
}

const place = (row: number, column: number) => `${row},${column}`
