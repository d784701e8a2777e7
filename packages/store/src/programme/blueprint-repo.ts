import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { BlueprintPlan, PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'

/** Lets one transaction at a time change what a network runs. */
export const lockProgramme = (trx: Trx, networkId: NetworkId) =>
  sql`select id from network where id = ${networkId} for no key update`.execute(trx)

/** What the network has of a programme, by slug. `isApplied`: the blueprint of that name was applied before. */
export async function programmeStanding(trx: Db | Trx, networkId: NetworkId, blueprint: string) {
  const slugsOf = async (table: 'series' | 'programme_template') =>
    new Set((await trx.selectFrom(table).select('slug').where('network_id', '=', networkId).execute()).map(slugOf))
  const credentials = await trx
    .selectFrom('micro_credential as c')
    .innerJoin('micro_credential_version as v', (on) =>
      on.onRef('v.network_id', '=', 'c.network_id').onRef('v.credential_id', '=', 'c.id'),
    )
    .select(['c.slug', (eb) => eb.fn.max('v.number').as('newest')])
    .where('c.network_id', '=', networkId)
    .groupBy('c.slug')
    .execute()
  const applied = await trx
    .selectFrom('blueprint_application')
    .select('name')
    .where('network_id', '=', networkId)
    .where('name', '=', blueprint)
    .executeTakeFirst()
  return {
    isApplied: applied !== undefined,
    series: await slugsOf('series'),
    credentials: new Map(credentials.map(({ slug, newest }) => [slug, newest])),
    templates: await slugsOf('programme_template'),
  }
}

const slugOf = ({ slug }: { slug: string }) => slug

type By = Readonly<{ networkId: NetworkId; personId: PersonId | null; at: Date }>

/** A new version of the policy pack; cohorts keep the version they began with. */
export async function insertPolicy(
  trx: Trx,
  { networkId, personId, at }: By,
  { version, limits, reason }: Readonly<{ version: number; limits: PolicyLimits; reason: string }>,
): Promise<void> {
  const written = { version, limits: JSON.stringify(limits), changed_by: personId, reason, created_at: at }
  await trx
    .insertInto('policy_pack')
    .values({ network_id: networkId, ...written })
    .execute()
}

/** Writes series, credentials with their versions, and templates, each kind in one statement or two. */
export async function insertProgramme(
  trx: Trx,
  { networkId, at }: By,
  { series, credentials, templates }: Pick<BlueprintPlan, 'series' | 'credentials' | 'templates'>,
): Promise<void> {
  const made = { network_id: networkId, created_at: at }
  if (series.length)
    await trx
      .insertInto('series')
      .values(series.map(({ slug, name, status, ...plan }) => ({ ...made, slug, name, status, plan: text(plan) })))
      .execute()
  if (credentials.length) {
    const rows = await trx
      .insertInto('micro_credential')
      .values(credentials.map(({ slug, name }) => ({ ...made, slug, name })))
      .onConflict((conflict) =>
        conflict.columns(['network_id', 'slug']).doUpdateSet({ name: (eb) => eb.ref('micro_credential.name') }),
      )
      .returning(['id', 'slug'])
      .execute()
    const idOf = new Map(rows.map(({ id, slug }) => [slug, id]))
    const versions = credentials.flatMap(({ slug, versions: ofOne }) =>
      ofOne.map(({ number, ...body }) => ({ ...made, credential_id: idOf.get(slug)!, number, body: text(body) })),
    )
    await trx.insertInto('micro_credential_version').values(versions).execute()
  }
  if (templates.length)
    await trx
      .insertInto('programme_template')
      .values(templates.map(({ parts, ...named }) => ({ ...made, ...named, parts: text(parts) })))
      .execute()
}

const text = (body: unknown) => JSON.stringify(body)

export async function saveApplication(trx: Trx, { networkId, personId, at }: By, name: string): Promise<void> {
  await trx
    .insertInto('blueprint_application')
    .values({ network_id: networkId, name, applied_by: personId, applied_at: at })
    .onConflict((conflict) => conflict.columns(['network_id', 'name']).doNothing())
    .execute()
}
