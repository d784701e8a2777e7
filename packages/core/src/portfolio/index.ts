export * from './contract.ts'
export * from './write-draft.ts'
