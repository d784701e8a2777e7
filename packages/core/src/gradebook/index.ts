export * from './contract.ts'
export * from './plan-score-writes.ts'
