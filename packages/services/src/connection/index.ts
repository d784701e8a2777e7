export { admitLaunch, type Admission } from './admit-launch.ts'
