import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { CredentialPlan, SeriesPlan, TemplatePlan } from './blueprint.ts'
import { PolicyLimits } from './policy.ts'

const LimitChange = z.object({ limit: z.keyof(PolicyLimits), from: z.unknown(), to: z.unknown() })

/** One version of the policy pack. `byName` null: by the command line. `changes` against the version before. */
const PolicyVersion = z.object({
  version: z.int(),
  at: Instant,
  byName: z.string().nullable(),
  reason: z.string(),
  /** All of its limits, so that any two versions can be compared. */
  limits: PolicyLimits,
  changes: z.array(LimitChange),
})

/** What a network runs, for those who administer in it. The newest 50 versions of its policy. */
export const showProgramme = route({
  method: 'GET',
  path: '/api/programme',
  response: z.object({
    /** 0: the network has said nothing, and the usual limits hold. */
    version: z.int(),
    limits: PolicyLimits,
    history: z.array(PolicyVersion),
    series: z.array(SeriesPlan),
    credentials: z.array(CredentialPlan),
    templates: z.array(TemplatePlan),
    blueprints: z.array(
      z.object({ name: z.string(), title: z.string(), summary: z.string(), appliedAt: Instant.nullable() }),
    ),
    /** Only a network's administrators change it. */
    mayChange: z.boolean(),
  }),
  refusals: ['directory.not_found'],
})

/** A new version; cohorts keep the version they began with. `basedOn` is the version that was seen. */
export const changeLimits = route({
  method: 'PUT',
  path: '/api/programme/limits',
  body: z.strictObject({
    basedOn: z.int().min(0),
    limits: PolicyLimits,
    reason: z.string().trim().min(1).max(500),
  }),
  response: z.object({ version: z.int() }),
  refusals: ['directory.not_found', 'programme.changed_meanwhile', 'programme.nothing_changed'],
})

const Makes = z.object({
  limits: z.array(LimitChange),
  series: z.array(SeriesPlan),
  credentials: z.array(CredentialPlan),
  templates: z.array(TemplatePlan),
})
const params = z.object({ name: z.string().max(60) })

/** What applying the blueprint would make here now. */
export const showBlueprint = route({
  method: 'GET',
  path: '/api/programme/blueprints/:name',
  params,
  response: Makes,
  refusals: ['directory.not_found'],
})
export const applyBlueprint = route({
  method: 'POST',
  path: '/api/programme/blueprints/:name/apply',
  params,
  response: Makes,
  refusals: ['directory.not_found'],
})
