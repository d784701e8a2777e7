export {
  ACTIVITIES,
  Blueprint,
  DayOfYear,
  FUNCTIONS,
  type CredentialPlan,
  type SeriesPlan,
  type TemplatePlan,
} from './blueprint.ts'
export { planBlueprint, type BlueprintPlan, type Standing } from './plan-blueprint.ts'
export { PolicyLimits, RULES_OF_EITHER_STRENGTH, USUAL_LIMITS } from './policy.ts'
