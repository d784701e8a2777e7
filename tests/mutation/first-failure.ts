import { configureGlobal } from 'fast-check'

/** One counterexample kills a mutant: nobody reads the smallest. */
configureGlobal({ endOnFailure: true })
