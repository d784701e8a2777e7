export { applyBlueprint, previewBlueprint } from './apply-blueprint.ts'
export { blueprintNames, readBlueprint } from './read-blueprint.ts'
