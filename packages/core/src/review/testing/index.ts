export { simulateRounds, type Simulation } from './simulate-rounds.ts'
