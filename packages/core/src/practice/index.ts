export * from './contract.ts'
export { decideEdit, decideRemoval, decideRestore, parentFor, type PostHeld } from './decide-post.ts'
export { decideDraft } from './decide-draft.ts'
