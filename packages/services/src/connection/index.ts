export { admitLaunch, type Admission } from './admit-launch.ts'
export { frameAncestors } from './frame-ancestors.ts'
