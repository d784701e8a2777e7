export { solvePlacement, type Placement } from '../solve-placement.ts'
