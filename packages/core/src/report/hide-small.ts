/** A count of people below this is not told, nor can it be worked out of what is. Source: voice.balance, n >= 5. */
export const SMALLEST_TOLD = 5

type Line = Readonly<{ parts: readonly number[]; total: number }>
/** An entry lies in two lines at most; -1 stands for "in no other". */
type Edge = Readonly<{ entry: number; ends: readonly [number, number] }>

/**
 * Hides counts of 1 to 4, and as many others as it takes that nobody can get them back by subtracting: no hidden entry
 * follows from those that are told, and what a line hides adds up to 5 or more. All hidden entries look alike (null).
 * `rows[i][j]` are counts; the totals of rows and columns and the grand total are told with them. Zeros stay.
 */
export function hideSmall(rows: readonly (readonly number[])[]) {
  const columns = rows[0]?.length ?? 0
  const width = columns + 1
  const whole = [...rows, sumsOf(rows, columns)].map((row) => [...row, row.reduce((sum, count) => sum + count, 0)])
  const lines: Line[] = [
    ...whole.map((_row, i) => lineOf(Array.from({ length: width }, (_, j) => i * width + j))),
    ...Array.from({ length: width }, (_, j) => lineOf(whole.map((_row, i) => i * width + j))),
  ]
  const told = hideIn(whole.flat(), lines)
  const table = whole.map((_row, i) => told.slice(i * width, (i + 1) * width))
  const last = table.at(-1)!
  return {
    cells: table.slice(0, -1).map((row) => row.slice(0, -1)),
    rowTotals: table.slice(0, -1).map((row) => row.at(-1)!),
    columnTotals: last.slice(0, -1),
    total: last.at(-1)!,
  }
}

/** The same for one list whose total is told too; `also` are places hidden for another reason than their size. */
export function hideSmallList(counts: readonly number[], also: readonly number[] = []) {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const told = hideIn([...counts, total], [lineOf([...counts.keys(), counts.length])], also)
  return { counts: told.slice(0, -1), total: told.at(-1)! }
}

/** The same for two lists of the same people: what one tells does not give away what the other hides. */
export function hideSmallPair(one: readonly number[], other: readonly number[]) {
  const total = one.reduce((sum, count) => sum + count, 0)
  const at = one.length + other.length
  const told = hideIn(
    [...one, ...other, total],
    [lineOf([...one.keys(), at]), lineOf([...other.map((_count, place) => one.length + place), at])],
  )
  return { one: told.slice(0, one.length), other: told.slice(one.length, -1), total: told.at(-1)! }
}

const sumsOf = (rows: readonly (readonly number[])[], columns: number) =>
  Array.from({ length: columns }, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0))

const lineOf = (entries: readonly number[]): Line => ({ parts: entries.slice(0, -1), total: entries.at(-1)! })

function hideIn(counts: readonly number[], lines: readonly Line[], also: readonly number[] = []): (number | null)[] {
  const small = [...counts.keys()].filter((at) => counts[at]! > 0 && counts[at]! < SMALLEST_TOLD)
  const hidden = new Set([...small, ...also])
  for (;;) {
    const weak = weakLines(counts, lines, hidden)
    const line = weak.find((one) => nextToHide(counts, one, { lines, hidden }) !== undefined)
    if (!line) return counts.map((count, at) => (hidden.has(at) ? null : count))
    hidden.add(nextToHide(counts, line, { lines, hidden })!)
  }
}

/** Where something hidden can be worked out, or is too little to hide among. */
function weakLines(counts: readonly number[], lines: readonly Line[], hidden: ReadonlySet<number>): readonly Line[] {
  const touched = lines.filter(({ parts, total }) => hidden.has(total) || parts.some((at) => hidden.has(at)))
  const little = touched.filter(({ parts, total }) => {
    const sum = parts.reduce((all, at) => all + (hidden.has(at) ? counts[at]! : 0), 0)
    return !hidden.has(total) && sum < SMALLEST_TOLD
  })
  if (little.length) return little
  const open = workedOut(lines, hidden)
  const hides = ({ parts, total }: Line) => [...parts, total].filter((at) => hidden.has(at)).length
  // Where one thing alone is hidden first: whatever is hidden there may close a circle for the others.
  return lines
    .filter(({ parts, total }) => open.has(total) || parts.some((at) => open.has(at)))
    .sort((one, other) => hides(one) - hides(other))
}

/**
 * The smallest that is told; a part before the total, one whose other line hides something anyway before one that would
 * begin anew, and anything before a zero, which is no secret and hides little.
 */
function nextToHide(
  counts: readonly number[],
  { parts, total }: Line,
  { lines, hidden }: Readonly<{ lines: readonly Line[]; hidden: ReadonlySet<number> }>,
) {
  const around = [...parts, total]
  const isClosing = (at: number) =>
    lines.some(
      (line) =>
        line.total !== total &&
        [...line.parts, line.total].includes(at) &&
        [...line.parts, line.total].some((one) => hidden.has(one)),
    )
  const rank = (at: number) =>
    (counts[at] === 0 ? Infinity : counts[at]!) + (at === total ? 0.5 : 0) + (isClosing(at) ? 0 : 0.25)
  const free = around.filter((at) => !hidden.has(at)).map((at) => ({ at, rank: rank(at) }))
  return free.sort((one, other) => one.rank - other.rank)[0]?.at
}

/**
 * Hidden entries that follow from those told. Lines are the points of a graph and hidden entries its edges: an entry
 * follows exactly where its edge lies on no circle, because every circle of signs could be added without being seen.
 */
function workedOut(lines: readonly Line[], hidden: ReadonlySet<number>): ReadonlySet<number> {
  const linesOf = new Map<number, number[]>()
  for (const [number, { parts, total }] of lines.entries())
    for (const at of [...parts, total]) linesOf.set(at, [...(linesOf.get(at) ?? []), number])
  const around = new Map<number, Edge[]>()
  for (const entry of hidden) {
    const [one = -1, other = -1] = linesOf.get(entry) ?? []
    for (const end of [one, other]) around.set(end, [...(around.get(end) ?? []), { entry, ends: [one, other] }])
  }
  return bridgesOf(around)
}

function bridgesOf(around: ReadonlyMap<number, readonly Edge[]>): ReadonlySet<number> {
  const found = new Set<number>()
  const seenAt = new Map<number, number>()
  const visit = (point: number, by: number | null): number => {
    seenAt.set(point, seenAt.size)
    let low = seenAt.get(point)!
    for (const { entry, ends } of around.get(point) ?? []) {
      if (entry === by) continue
      const next = ends[0] === point ? ends[1] : ends[0]
      const known = seenAt.get(next)
      const reached = known ?? visit(next, entry)
      low = Math.min(low, reached)
      if (known === undefined && reached > seenAt.get(point)!) found.add(entry)
    }
    return low
  }
  for (const point of around.keys()) if (!seenAt.has(point)) visit(point, null)
  return found
}
