export { PolicyLimits, USUAL_LIMITS } from './policy.ts'
