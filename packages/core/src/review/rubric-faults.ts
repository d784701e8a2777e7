import type * as z from 'zod'
import { Criterion, Level, RUBRIC_LIMITS, RubricNote } from './rubric.ts'

const FOUND_AT_MOST = 40

type Part = keyof typeof RUBRIC_LIMITS | 'version' | 'rubric' | 'criterion' | 'level' | 'commentRequired'
type Relation = 'points_twice' | 'worth_nothing' | 'id_twice' | 'nothing_counts'
/** The part whose value does not fit, how parts contradict one another, a name nothing would keep, or text no database keeps. */
type RubricFaultKind = Part | Relation | 'unknown' | 'characters'

/**
 * One thing that keeps a file from being a rubric. `criterion`, `level` and `prompt` say where, counted from 1. `least` and `most` are
 * what the part takes. `found` is what stands there as JSON, cut to 40 characters, null where nothing does (for `unknown` and
 * `characters`: the name). `count` is how many characters or entries there are, where they are too many; `others` the places that agree.
 */
export type RubricFault = Readonly<{
  criterion?: number
  level?: number
  prompt?: number
  kind: RubricFaultKind
  least?: number
  most?: number
  found?: string | null
  count?: number
  others?: readonly number[]
}>

type Parts = Readonly<Record<string, unknown>>
/** Some parts of the file and where they stand. */
type Spot = Readonly<{ place: Pick<RubricFault, 'criterion' | 'level' | 'prompt'>; parts: Parts }>
type Fields = Readonly<Record<string, z.ZodType>>

const { levels: _levels, prompts: Prompts, ...OF_CRITERION } = Criterion.shape
const OF_FILE: Fields = { title: Criterion.shape.title, note: RubricNote.default('') }
const OF_PROMPT: Fields = { prompt: Prompts.unwrap().element }
const LIMITS: Partial<Record<string, readonly [number, number]>> = RUBRIC_LIMITS

/** All that keeps the parts of a file from being a rubric, in the order of a file; nothing where they are one. */
export function findRubricFaults(file: Parts): RubricFault[] {
  const spot: Spot = { place: {}, parts: file }
  return [
    ...(file.version === 1 ? [] : [faultOf(spot, 'version')]),
    ...inFields(spot, OF_FILE),
    ...strangers(spot, ['format', 'version', 'rubric', ...Object.keys(OF_FILE)]),
    ...(isParts(file.rubric) ? inRubric({ place: {}, parts: file.rubric }) : [faultOf(spot, 'rubric')]),
  ]
}

function inRubric(spot: Spot): RubricFault[] {
  const { faults, spots: criteria } = inList(spot, 'criteria', 'criterion')
  const isWithoutWeight = criteria.length > 0 && criteria.every(({ parts: { weight } }) => weight === 0)
  return [
    ...strangers(spot, ['criteria']),
    ...faults,
    ...criteria.flatMap(inCriterion),
    ...agreeing(criteria, 'criterion', 'id').map((same): RubricFault => ({ kind: 'id_twice', ...same })),
    ...(isWithoutWeight ? [{ kind: 'nothing_counts' } as const] : []),
  ]
}

function inCriterion(spot: Spot): RubricFault[] {
  const { place, parts } = spot
  const { faults, spots: levels } = inList(spot, 'levels', 'level')
  const questions = parts.prompts === undefined ? null : inList(spot, 'prompts', 'prompt')
  const isWorthless =
    levels.length > 0 && levels.every(({ parts: { points } }) => typeof points === 'number' && points <= 0)
  return [
    ...inFields(spot, OF_CRITERION),
    ...strangers(spot, ['levels', 'prompts', ...Object.keys(OF_CRITERION)]),
    ...(questions ? [...questions.faults, ...questions.spots.flatMap((one) => inFields(one, OF_PROMPT))] : []),
    ...faults,
    ...levels.flatMap((one) => [...inFields(one, Level.shape), ...strangers(one, Object.keys(Level.shape))]),
    ...agreeing(levels, 'level', 'points').map((same): RubricFault => ({ ...place, kind: 'points_twice', ...same })),
    ...(isWorthless ? [{ ...place, kind: 'worth_nothing' } as const] : []),
  ]
}

/** The entries of a list that can be looked into, and what is wrong with the list and with those that cannot. */
function inList(spot: Spot, name: 'criteria' | 'levels' | 'prompts', one: 'criterion' | 'level' | 'prompt') {
  const value = spot.parts[name]
  const [least, most] = RUBRIC_LIMITS[name]
  const entries: unknown[] = Array.isArray(value) ? value : []
  const fits = Array.isArray(value) && entries.length >= least && entries.length <= most
  const faults = fits ? [] : [faultOf(spot, name)]
  const spots: Spot[] = []
  for (const [index, entry] of entries.entries()) {
    const place = { ...spot.place, [one]: index + 1 }
    if (one === 'prompt') spots.push({ place, parts: { prompt: entry } })
    else if (isParts(entry)) spots.push({ place, parts: entry })
    else faults.push(faultOf({ place, parts: { [one]: entry } }, one))
  }
  return { faults, spots }
}

/** What each field's own schema refuses, and texts no database keeps (NUL, half a character). */
function inFields(spot: Spot, fields: Fields): RubricFault[] {
  return Object.entries(fields).flatMap(([name, field]): RubricFault[] => {
    const value = spot.parts[name]
    if (!field.safeParse(value).success) return [faultOf(spot, name as Part)]
    const isKept = typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed())
    return isKept ? [] : [{ ...spot.place, kind: 'characters', found: name }]
  })
}

function faultOf({ place, parts }: Spot, kind: Part): RubricFault {
  const value = parts[kind]
  const [least, most] = LIMITS[kind] ?? []
  const size = typeof value === 'string' ? value.trim().length : Array.isArray(value) ? value.length : 0
  return {
    ...place,
    kind,
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    ...(most !== undefined && size > most && { count: size }),
    found: value === undefined ? null : cut(JSON.stringify(value)),
  }
}

/** Names a rubric has no place for: what stands under them would be lost. */
const strangers = ({ place, parts }: Spot, known: readonly string[]): RubricFault[] =>
  Object.keys(parts)
    .filter((name) => !known.includes(name))
    .map((name) => ({ ...place, kind: 'unknown', found: cut(name) }))

/** Which entries say the same under a name, where they say something: each group once. */
function agreeing(spots: readonly Spot[], one: 'criterion' | 'level', name: string) {
  const groups = Map.groupBy(spots, ({ parts }) => parts[name])
  return [...groups]
    .filter(([value, { length }]) => length > 1 && (typeof value === 'string' || typeof value === 'number'))
    .map(([value, same]) => ({ found: cut(String(value)), others: same.map(({ place }) => place[one]!) }))
}

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null && !Array.isArray(value)

const cut = (text: string): string => (text.length > FOUND_AT_MOST ? `${text.slice(0, FOUND_AT_MOST - 1)}…` : text)
