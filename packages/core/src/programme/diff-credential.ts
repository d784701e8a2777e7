import type { CredentialPlan } from './blueprint.ts'

type Version = CredentialPlan['versions'][number]

/** What one version of a micro-credential says otherwise than another. Asks are the same by their slug. */
export type CredentialDiff = Readonly<{
  competencies: Readonly<{ from: number | null; to: number | null }> | null
  added: readonly string[]
  removed: readonly string[]
  /** Worded otherwise, or become one of several to choose from. */
  changed: readonly Readonly<{ from: string; to: string }>[]
}>

export function diffCredential(from: Version, to: Version): CredentialDiff {
  const before = new Map(from.asks.map((ask) => [ask.slug, ask]))
  const after = new Set(to.asks.map(({ slug }) => slug))
  return {
    competencies: from.competencies === to.competencies ? null : { from: from.competencies, to: to.competencies },
    added: to.asks.filter(({ slug }) => !before.has(slug)).map(({ title }) => title),
    removed: from.asks.filter(({ slug }) => !after.has(slug)).map(({ title }) => title),
    changed: to.asks.flatMap((ask) => {
      const was = before.get(ask.slug)
      const isSame = !was || (was.title === ask.title && was.oneOf === ask.oneOf && was.note === ask.note)
      return isSame ? [] : [{ from: was.title, to: ask.title }]
    }),
  }
}
