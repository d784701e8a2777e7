import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { checkPlacement, PLACEMENT_POINTS, placeGreedily, scorePlacement } from '@copractice/core/convening/placement'
import { solvePlacement } from '@copractice/services/convening/placement'
import { atLeast, atMost, round, type Outcome } from './check.ts'
import { makeRegistrants } from './make-registrants.ts'

/** 200 people are placed from several seeds, since one might be lucky. */
const RUNS = [
  { people: 60, seeds: [1, 2] },
  { people: 200, seeds: [1, 2, 3] },
  { people: 1000, seeds: [1] },
  { people: 5000, seeds: [1] },
]
/** Reasons that prove nobody could have placed this person; the others say only that we did not. */
const PROVEN = new Set([
  'placement.too_few_times',
  'placement.no_language',
  'placement.wish',
  'placement.too_few_people',
  'placement.no_chair',
  'placement.too_few_in_reach',
  'placement.no_chair_in_reach',
])

type Figures = Awaited<ReturnType<typeof measure>>['figures']

/**
 * Placement at four sizes against the proven bound and against first-fit. Most points of the objective are places, which
 * flatters its gap in percent; so how many people have no place without a proof, and the points of comfort a person has
 * (40 at most, and 40 is out of reach for many), are held to limits of their own. Memory is the most this process held,
 * all its threads together; seconds are held as CPU
 * time, so that a busy machine does not fail them, and so is the work left to the event loop's own thread; `stallMs`, the
 * longest that thread waited, has the machine's other work in it and is only shown.
 */
export async function run(): Promise<Outcome> {
  const measured: Awaited<ReturnType<typeof measure>>[] = []
  for (const { people, seeds } of RUNS) for (const seed of seeds) measured.push(await measure(people, seed))
  const again = await measure(60, 1)
  const runs = measured.map(({ figures }) => figures)
  const of = (people: number, pick: (one: Figures) => number) =>
    Math.max(...runs.filter((one) => one.people === people).map(pick))
  return {
    figures: { runs },
    checks: [
      atMost(
        'rules broken, all runs, ours and first-fit',
        runs.reduce((sum, one) => sum + one.violations, 0),
        0,
      ),
      atMost(
        '60 people: largest gap to the bound in %',
        of(60, ({ gapPercent }) => gapPercent),
        10,
      ),
      atMost(
        '200 people: largest gap to the bound in %',
        of(200, ({ gapPercent }) => gapPercent),
        2,
      ),
      atMost(
        '5,000 people: gap to the bound in %',
        of(5000, ({ gapPercent }) => gapPercent),
        10,
      ),
      atMost(
        '200 people: most without a place and without proof',
        of(200, (one) => one.unplacedUnproven),
        4,
      ),
      atMost(
        '5,000 people: without a place and without proof',
        of(5000, (one) => one.unplacedUnproven),
        50,
      ),
      ...runs.map((one) =>
        atLeast(`comfort a person of 40, ${one.people} people, seed ${one.seed}`, one.comfortOf40, 25),
      ),
      ...runs.map((one) =>
        atLeast(`points for each of first-fit's, ${one.people} people, seed ${one.seed}`, one.timesGreedy, 1),
      ),
      atMost(
        '200 people: most CPU seconds',
        of(200, ({ cpuSeconds }) => cpuSeconds),
        30,
      ),
      atMost(
        '5,000 people: CPU seconds',
        of(5000, ({ cpuSeconds }) => cpuSeconds),
        30,
      ),
      atMost('most memory in MB', Math.max(...runs.map(({ memoryMb }) => memoryMb)), 1024),
      atMost('most CPU ms on the event loop’s own thread', Math.max(...runs.map(({ ownCpuMs }) => ownCpuMs)), 500),
      atMost('differences between two runs of one seed', again.answer === measured[0]!.answer ? 0 : 1, 0),
    ],
  }
}

async function measure(people: number, seed: number) {
  const problem = makeRegistrants(people, seed)
  const began = performance.now()
  const byHand = placeGreedily(problem)
  const greedySeconds = (performance.now() - began) / 1000

  const loop = monitorEventLoopDelay({ resolution: 10 })
  let memory = process.memoryUsage.rss()
  const watch = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage.rss())
  }, 50)
  loop.enable()
  const busy = process.cpuUsage()
  const here = process.threadCpuUsage()
  const started = performance.now()
  const answer = await solvePlacement(problem)
  const seconds = (performance.now() - started) / 1000
  const ownCpuMs = process.threadCpuUsage(here).user / 1e3
  const cpuSeconds = process.cpuUsage(busy).user / 1e6
  loop.disable()
  clearInterval(watch)

  const seated = new Set(byHand.flatMap(({ members }) => members))
  const left = problem.registrants.filter(({ id }) => !seated.has(id))
  const placed = people - answer.unplaced.length
  const greedyObjective = scorePlacement(problem, byHand)
  const unproven = answer.unplaced.filter(({ why }) => !PROVEN.has(why.code)).length
  const gap = answer.bound - answer.objective
  const comfort = answer.objective - placed * PLACEMENT_POINTS.placed
  const figures = {
    people,
    seed,
    placed,
    cohorts: answer.cohorts.length,
    objective: answer.objective,
    bound: answer.bound,
    gapPercent: round((100 * gap) / answer.bound),
    unplacedProven: answer.unplaced.length - unproven,
    unplacedUnproven: unproven,
    comfortOf40: round(comfort / placed),
    seconds: round(seconds),
    cpuSeconds: round(cpuSeconds),
    greedyPlaced: seated.size,
    greedyObjective,
    greedySeconds: round(greedySeconds),
    timesGreedy: round(answer.objective / greedyObjective),
    memoryMb: Math.round(memory / 2 ** 20),
    ownCpuMs: Math.round(ownCpuMs),
    stallMs: Math.round(loop.max / 1e6),
    violations:
      checkPlacement(problem, answer).length + checkPlacement(problem, { cohorts: byHand, unplaced: left }).length,
  }
  return { figures, answer: JSON.stringify(answer) }
}
