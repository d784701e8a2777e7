export * from './contract.ts'
export * from './rubric.ts'
