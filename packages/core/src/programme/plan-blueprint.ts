import type { Blueprint, CredentialPlan, SeriesPlan, TemplatePlan } from './blueprint.ts'
import { PolicyLimits } from './policy.ts'

/** What a network has already, by slug; `credentials` holds the newest version of each. */
export type Standing = Readonly<{
  limits: PolicyLimits
  /** False: the limits are the usual ones, and no pack says so yet. */
  hasPolicy: boolean
  /** Whether this blueprint was applied before: then the network's policy is its own affair. */
  isApplied: boolean
  series: ReadonlySet<string>
  credentials: ReadonlyMap<string, number>
  templates: ReadonlySet<string>
}>

/** What applying a blueprint makes. Whatever stands under a slug already is the network's own and stays as it is. */
export type BlueprintPlan = Readonly<{
  /** A new version of the policy pack, and the limits in it that change; null: no new version. */
  policy: Readonly<{ limits: PolicyLimits; changes: readonly LimitChange[] }> | null
  series: readonly SeriesPlan[]
  /** Credentials with the versions that are missing. */
  credentials: readonly CredentialPlan[]
  templates: readonly TemplatePlan[]
}>
export type LimitChange = Readonly<{ limit: keyof PolicyLimits; from: unknown; to: unknown }>

/** Plans so that applying twice makes nothing the second time, and nothing the network changed is changed back. */
export function planBlueprint(blueprint: Blueprint, standing: Standing): BlueprintPlan {
  const limits = PolicyLimits.parse({ ...standing.limits, ...blueprint.limits })
  const changes = diffLimits(standing.limits, limits)
  const isNewPolicy = !standing.isApplied && (changes.length > 0 || !standing.hasPolicy)
  return {
    policy: isNewPolicy ? { limits, changes } : null,
    series: blueprint.series.filter(({ slug }) => !standing.series.has(slug)),
    credentials: blueprint.credentials
      .map((credential) => ({
        ...credential,
        versions: credential.versions.filter(({ number }) => number > (standing.credentials.get(credential.slug) ?? 0)),
      }))
      .filter(({ versions }) => versions.length),
    templates: blueprint.templates.filter(({ slug }) => !standing.templates.has(slug)),
  }
}

/** The limits in which two versions of a policy pack differ, in the order of the pack. */
export function diffLimits(from: PolicyLimits, to: PolicyLimits): LimitChange[] {
  return (Object.keys(PolicyLimits.shape) as (keyof PolicyLimits)[])
    .filter((limit) => JSON.stringify(from[limit]) !== JSON.stringify(to[limit]))
    .map((limit) => ({ limit, from: from[limit], to: to[limit] }))
}
