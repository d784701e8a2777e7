import type { Actor } from '@copractice/core/directory'
import { nextStep, unconfirmedAddresses, worstOf } from '@copractice/core/connection'
import { ok, type InstitutionId, type PlatformId } from '@copractice/core/kernel'
import {
  countCourses,
  countDeliveries,
  countWeek,
  findCheck,
  findConnection,
  listDeployments,
  listPlatformOrigins,
  listStrangeDeployments,
  setDeployment,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { audit, notFound } from '../directory/administrator.ts'
import { mayAdministerConnections, mayReadConnections } from './administer-connections.ts'

type One = Readonly<{ institutionId: InstitutionId; platformId: PlatformId }>

/** One LMS connection with what was seen of it, and the next thing to do. */
export async function showConnection(db: Db, actor: Actor, { institutionId, platformId }: One, now: Date) {
  const at = { networkId: actor.networkId, platformId }
  const found = await findConnection(db, at)
  const isTheirs = found?.institutionId === institutionId
  if (!isTheirs || !(await mayReadConnections(db, actor, institutionId, now))) return notFound()
  const [deployments, strangeDeployments, origins, courses, deliveries, week, check = null] = await Promise.all([
    listDeployments(db, at),
    listStrangeDeployments(db, at, now),
    listPlatformOrigins(db, at),
    countCourses(db, at),
    countDeliveries(db, at),
    countWeek(db, at, now),
    findCheck(db, at),
  ])
  const { unknownDeployments, anonymousLaunches } = found
  const policy = { unknownDeployments, anonymousLaunches }
  const confirmedAddresses = [...found.confirmedAddresses]
  const unconfirmed = [...unconfirmedAddresses(found, confirmedAddresses)]
  const next = nextStep({
    ...found,
    unconfirmedAddresses: unconfirmed,
    deployments,
    courseLinks: courses.courseLinks - courses.unboundLinks,
    check: check?.finishedAt ? worstOf(check.steps) : null,
  })
  const others = origins.filter((origin) => origin !== new URL(found.issuer).origin)
  return ok({
    ...found,
    policy,
    unconfirmedAddresses: unconfirmed,
    confirmedAddresses,
    next,
    deployments,
    strangeDeployments,
    origins: others,
    ...courses,
    deliveries,
    week,
    check,
  })
}

type Deployed = One & Readonly<{ deploymentId: string; status: 'active' | 'disabled' }>

/** A deployment that an administrator lets launch, or no longer does. It need not have been seen before. */
export function saveDeployment(db: Db, actor: Actor, deployed: Deployed, now: Date) {
  const { institutionId, platformId, deploymentId, status } = deployed
  const at = { networkId: actor.networkId, platformId }
  return db.transaction().execute(async (trx) => {
    const found = await findConnection(trx, at)
    const isTheirs = found?.institutionId === institutionId
    if (!isTheirs || !(await mayAdministerConnections(trx, actor, institutionId, now))) return notFound()
    await setDeployment(trx, at, deploymentId, status)
    const action = status === 'active' ? 'connection.deployment_on' : 'connection.deployment_off'
    const facts = { institutionId, issuer: found.issuer, deploymentId }
    await audit(trx, actor, { action, subject: `platform:${platformId}`, facts }, now)
    return ok(undefined)
  })
}
