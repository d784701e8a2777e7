import highs, { type Highs } from 'highs'

/**
 * The solver, loaded once per process or worker. Its types are written for CommonJS, where the loader would be
 * `.default`; as an ES module it is the default export itself.
 */
export const loadHighs = highs as unknown as (typeof highs)['default']
export type { Highs }
