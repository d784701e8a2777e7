export { ACTIVITIES, Blueprint, FUNCTIONS, CredentialPlan, SeriesPlan, TemplatePlan } from './blueprint.ts'
export * from './contract.ts'
export { diffLimits, planBlueprint, type BlueprintPlan, type Standing } from './plan-blueprint.ts'
export { ConveningTerm, DayOfYear, PolicyLimits, RULES_OF_EITHER_STRENGTH, USUAL_LIMITS } from './policy.ts'
