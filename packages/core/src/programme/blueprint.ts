import * as z from 'zod'
import { DayOfYear, SomeLimits } from './policy.ts'

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Letters a to z and digits, with - between')
const words = (most: number) => z.string().trim().min(1).max(most)

/** What a meeting or an activity serves (functions.coverage). */
export const FUNCTIONS = ['educate', 'support', 'cultivate', 'encourage', 'integrate'] as const

/** What a facilitator can put on an agenda. */
export const ACTIVITIES = [
  'competency_discussion',
  'principle_theory_or_model',
  'story_to_principles',
  'case_study_or_scenario',
  'resource_discussion',
  'requirements_and_buddy_plan',
  'workshop_or_peer_review',
  'personal_inquiry',
  'check_in',
  'open_space',
] as const

/** Days of one year; it does not run over New Year. */
export const YearlyWindow = z
  .strictObject({ from: DayOfYear, until: DayOfYear })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'It ends after it begins' })

/** A run of meetings under one heading, with a registration of its own. `minutes` is guided time over all `meetings`. */
export const SeriesPlan = z.strictObject({
  slug,
  name: words(200),
  description: z.string().trim().max(2000).default(''),
  /** announced: shown before it has a schedule, with notify-me. */
  status: z.enum(['announced', 'scheduled']).default('scheduled'),
  audience: z.enum(['members', 'region', 'public']).default('members'),
  meetings: z.int().min(1).max(100).nullable().default(null),
  minutes: z.int().min(1).max(100_000).nullable().default(null),
  window: YearlyWindow.nullable().default(null),
  functions: z.array(z.enum(FUNCTIONS)).default([]),
  credential: slug.nullable().default(null),
})
export type SeriesPlan = z.infer<typeof SeriesPlan>

/** One state of a micro-credential. `competencies` is how many it counts where their wording is the network's to enter. */
const CredentialVersion = z.strictObject({
  number: z.int().min(1),
  competencies: z.int().min(0).nullable(),
  asks: z
    .array(
      z.strictObject({ slug, title: words(300), oneOf: slug.nullable().default(null), note: z.string().default('') }),
    )
    .default([]),
})

/** A versioned list of competencies, and what an application for it asks. */
export const CredentialPlan = z.strictObject({
  slug,
  name: words(200),
  versions: z
    .array(CredentialVersion)
    .min(1)
    .refine((versions) => versions.every(({ number }, at) => number === at + 1), 'Versions count 1, 2, 3 in order'),
})
export type CredentialPlan = z.infer<typeof CredentialPlan>

/** An agenda, a charter or a set of prompts that a community begins from. */
export const TemplatePlan = z.strictObject({
  slug,
  name: words(200),
  kind: z.enum(['agenda', 'charter', 'prompts']),
  parts: z
    .array(
      z.strictObject({
        title: words(200),
        activity: z.enum(ACTIVITIES).nullable().default(null),
        minutes: z.int().min(1).max(1440).nullable().default(null),
        text: z.string().trim().max(4000).default(''),
      }),
    )
    .min(1)
    .max(40),
})
export type TemplatePlan = z.infer<typeof TemplatePlan>

const unique = (items: readonly { slug: string }[]) => new Set(items.map((item) => item.slug)).size === items.length

/** A programme an operator starts from: a policy pack, series, micro-credentials and templates. */
export const Blueprint = z
  .strictObject({
    name: slug,
    title: words(200),
    summary: words(1000),
    limits: SomeLimits,
    series: z.array(SeriesPlan).refine(unique, 'Two series have the same slug'),
    credentials: z.array(CredentialPlan).refine(unique, 'Two micro-credentials have the same slug'),
    templates: z.array(TemplatePlan).refine(unique, 'Two templates have the same slug'),
  })
  .superRefine(({ series, credentials }, context) => {
    for (const [at, { credential }] of series.entries())
      if (credential && !credentials.some((one) => one.slug === credential))
        context.addIssue({ code: 'custom', path: ['series', at, 'credential'], message: 'No such micro-credential' })
  })
export type Blueprint = z.infer<typeof Blueprint>
