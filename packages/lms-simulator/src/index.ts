export type * from './options.ts'
export { createMailBox } from './mail-box.ts'
export { startLmsSimulator } from './start-simulator.ts'
