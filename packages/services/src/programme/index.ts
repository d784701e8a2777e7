export { applyBlueprint, previewBlueprint } from './apply-blueprint.ts'
export { changeLimits } from './change-limits.ts'
export { blueprintNames, readBlueprint } from './read-blueprint.ts'
export { showProgramme } from './show-programme.ts'
