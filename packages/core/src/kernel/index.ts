export * from './ids.ts'
export * from './result.ts'
export * from './route.ts'
