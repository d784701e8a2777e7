export { callTo, show } from './show.tsx'
