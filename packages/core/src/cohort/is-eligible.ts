import type { Affiliation } from '../directory/affiliation.ts'
import type { InstitutionKind } from '../directory/institution-kind.ts'
import type { InstitutionId } from '../kernel/ids.ts'
import type { PolicyLimits } from '../programme/policy.ts'

/** A person's tie to an institution. `isMember`: on the day of deciding. */
export type Tie = Readonly<{
  institutionId: InstitutionId
  kind: Affiliation
  institution: InstitutionKind
  isMember: boolean
}>

/**
 * eligibility.affiliation (Campus Compact FAQ 2): one of the policy's affiliations, with a member institution or with a
 * office, partner organisation or local government of the network.
 */
export const isEligible = (tie: Tie, limits: Pick<PolicyLimits, 'eligibleAffiliations'>): boolean =>
  limits.eligibleAffiliations.includes(tie.kind) && (tie.institution !== 'campus' || tie.isMember)
