/** Before the demos start beside one another: each would build what is not built yet. */
export { buildWeb as default } from '../../apps/demo/src/build-web.ts'
