import type { SignInTrouble } from '@copractice/core/directory'

/**
 * An identity provider's answer that signs nobody in. `detail` is for whoever looks after the sign-in: a short word, never
 * what the provider wrote as it is, and nobody's address.
 */
export class ProviderFault extends Error {
  readonly code: SignInTrouble
  readonly detail: string | null
  constructor(code: SignInTrouble, detail: string | null = null, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.detail = detail
  }
}

/** A word of theirs, where it is one that can be shown. */
export const shownWord = (word: unknown): string | null =>
  typeof word === 'string' && /^[\w.:-]{1,80}$/.test(word) ? word : null
