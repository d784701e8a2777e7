import type { NetworkId } from '@copractice/core/kernel'
import { CredentialPlan, PolicyLimits, SeriesPlan, TemplatePlan } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'

/** The newest versions of the policy pack, newest first, with who made each; at most `most`. */
export async function listPolicies(trx: Db | Trx, networkId: NetworkId, most: number) {
  const rows = await trx
    .selectFrom('policy_pack as k')
    .leftJoin('person as p', (on) => on.onRef('p.network_id', '=', 'k.network_id').onRef('p.id', '=', 'k.changed_by'))
    .select(['k.version', 'k.limits', 'k.reason', 'k.created_at as at', 'p.name as byName'])
    .where('k.network_id', '=', networkId)
    .orderBy('k.version', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...row, limits: PolicyLimits.parse(row.limits) }))
}

/** Series, micro-credentials with their versions, and templates, by name. */
export async function findProgramme(trx: Db | Trx, networkId: NetworkId) {
  const series = await trx
    .selectFrom('series')
    .select(['slug', 'name', 'status', 'plan'])
    .where('network_id', '=', networkId)
    .orderBy('name')
    .execute()
  const versions = await trx
    .selectFrom('micro_credential as c')
    .innerJoin('micro_credential_version as v', (on) =>
      on.onRef('v.network_id', '=', 'c.network_id').onRef('v.credential_id', '=', 'c.id'),
    )
    .select(['c.slug', 'c.name', 'v.number', 'v.body'])
    .where('c.network_id', '=', networkId)
    .orderBy('c.name')
    .orderBy('v.number')
    .execute()
  const templates = await trx
    .selectFrom('programme_template')
    .select(['slug', 'name', 'kind', 'parts'])
    .where('network_id', '=', networkId)
    .orderBy('name')
    .execute()
  const credentials = [...Map.groupBy(versions, ({ slug }) => slug)].map(([slug, ofOne]) => ({
    slug,
    name: ofOne[0]!.name,
    versions: ofOne.map(({ number, body }) => ({ ...(body as object), number })),
  }))
  return {
    series: series.map(({ plan, ...named }) => SeriesPlan.parse({ ...(plan as object), ...named })),
    credentials: credentials.map((credential) => CredentialPlan.parse(credential)),
    templates: templates.map((template) => TemplatePlan.parse(template)),
  }
}

/** When each blueprint was applied first, by name. */
export async function listApplications(trx: Db | Trx, networkId: NetworkId): Promise<Map<string, Date>> {
  const rows = await trx
    .selectFrom('blueprint_application')
    .select(['name', 'applied_at'])
    .where('network_id', '=', networkId)
    .execute()
  return new Map(rows.map(({ name, applied_at }) => [name, applied_at]))
}
