import type { Actor } from '@copractice/core/directory'
import {
  CHECKED_SCOPES,
  judgeCheck,
  SCOPE_STEPS,
  type CheckFindings,
  type ConnectionCheck,
  type Probe,
  type ScopeStep,
} from '@copractice/core/connection'
import { ok, refuse, type InstitutionId, type NetworkId, type PlatformId } from '@copractice/core/kernel'
import { isNoPublicName, RosterUnavailable, type Lti, type ServiceTrouble } from '@copractice/lti'
import {
  beginCheck,
  findConnection,
  findCourseServices,
  findServicePlatform,
  listDeployments,
  saveCheck,
  type ServicePlatform,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { mayAdministerConnections } from './administer-connections.ts'

type Deps = Readonly<{ db: Db; lti: Pick<Lti, 'probe' | 'gradebook' | 'roster'>; clock: () => Date }>
type One = Readonly<{ institutionId: InstitutionId; platformId: PlatformId }>
type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** No step takes longer; one that does counts as unreachable. Every call made has a shorter limit of its own but two. */
const STEP_MS = 8000

/** The self-test of a connection, for someone who may administer it. Refuses `connection.check_running`. */
export async function checkConnection(deps: Deps, actor: Actor, { institutionId, platformId }: One) {
  const { networkId } = actor
  const found = await findConnection(deps.db, { networkId, platformId })
  const isTheirs = found?.institutionId === institutionId
  if (!isTheirs || !(await mayAdministerConnections(deps.db, actor, institutionId, deps.clock()))) return notFound()
  const checked = await checkPlatform(deps, { networkId, platformId })
  return checked ? ok(checked) : refuse('connection.check_running', {})
}

/** The self-test itself, its result kept; undefined while another is under way. Whoever calls has decided who may. */
export async function checkPlatform(deps: Deps, at: At): Promise<ConnectionCheck | undefined> {
  const { db, clock } = deps
  const startedAt = clock()
  if (!(await beginCheck(db, at, startedAt))) return undefined
  const steps = judgeCheck(await findOut(deps, at))
  const check: ConnectionCheck = { startedAt, finishedAt: clock(), steps }
  await saveCheck(db, at, check)
  return check
}

async function findOut({ db, lti }: Omit<Deps, 'clock'>, at: At): Promise<CheckFindings> {
  const [found, platform, deployments, course] = await Promise.all([
    findConnection(db, at),
    findServicePlatform(db, at.networkId, at.platformId),
    listDeployments(db, at),
    findCourseServices(db, at),
  ])
  if (!found || !platform) throw new Error('The connection went away while it was tested')
  const countOf = (status: string) => deployments.filter((one) => one.status === status).length
  const [keys, ourKeys, scopes] = await Promise.all([
    within(lti.probe.lmsKeys(platform), { probe: SILENT, clock: null }),
    within(lti.probe.ourKeys(), SILENT),
    found.status === 'active' ? askScopes(lti, platform) : null,
  ])
  // After the tokens, so that an LMS that answers slowly is asked for few things at once.
  const [roster, columns] = await Promise.all([readRoster(lti, at, course), readColumns(lti, at, course)])
  return {
    status: found.status,
    deployments: { active: countOf('active'), parked: countOf('parked'), disabled: countOf('disabled') },
    lmsKeys: keys.probe,
    ourKeys,
    scopes,
    roster,
    columns,
    clock: keys.clock,
    lastLaunchAt: found.lastLaunchAt,
    lastError: found.lastErrorCode && found.lastErrorAt ? { code: found.lastErrorCode, at: found.lastErrorAt } : null,
  }
}

async function askScopes(lti: Deps['lti'], platform: ServicePlatform): Promise<Record<ScopeStep, Probe>> {
  const asked = SCOPE_STEPS.map(async (step) => {
    const probe = await within(lti.probe.scope(platform, CHECKED_SCOPES[step]), SILENT)
    return [step, probe] as const
  })
  return Object.fromEntries(await Promise.all(asked)) as Record<ScopeStep, Probe>
}

type CourseServices = Awaited<ReturnType<typeof findCourseServices>>

async function readRoster({ roster }: Deps['lti'], at: At, course: CourseServices): Promise<CheckFindings['roster']> {
  if (!course) return null
  if (!course.membershipsUrl) return 'notOffered'
  const page = roster.readPage(at, course.membershipsUrl, null).then(
    ({ members }): Probe<{ people: number }> => ({ ok: true, people: members.length }),
    (error: unknown) => {
      if (error instanceof RosterUnavailable) return troubled(error.trouble)
      throw error
    },
  )
  return within(page, SILENT)
}

async function readColumns(
  { gradebook }: Deps['lti'],
  at: At,
  course: CourseServices,
): Promise<CheckFindings['columns']> {
  if (!course) return null
  if (!course.lineItemsUrl) return 'notOffered'
  const read = gradebook
    .listLineItems(at, course.lineItemsUrl)
    .then((answer): Probe<{ columns: number }> =>
      answer.kind === 'read' ? { ok: true, columns: answer.lineItems.length } : troubled(answer),
    )
  return within(read, SILENT)
}

function troubled(trouble: ServiceTrouble): Extract<Probe, { ok: false }> {
  const detail = trouble.reason
  if (isNoPublicName({ message: detail })) return { ok: false, why: 'address_refused', detail }
  if (trouble.kind === 'busy' || trouble.kind === 'unreachable') return { ok: false, why: 'unreachable', detail }
  const why =
    trouble.kind === 'refused' && trouble.code === 'lms.address_refused'
      ? 'address_refused'
      : trouble.kind === 'refused' && trouble.code === 'lms.address_elsewhere'
        ? 'address_elsewhere'
        : 'refused'
  return { ok: false, why, detail }
}

const SILENT = { ok: false, why: 'unreachable', detail: 'No answer came in time.' } as const

async function within<T, U>(work: Promise<T>, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(resolve, STEP_MS, otherwise)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
