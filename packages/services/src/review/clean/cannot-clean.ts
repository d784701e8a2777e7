/** Why a file's author cannot be taken out of it. encrypted: it asks for a password; embedded, attachments: files inside it. */
export type WhyNotCleaned = 'encrypted' | 'damaged' | 'embedded' | 'attachments'

/** Thrown while a file is cleaned, and turned into a refusal by `cleanFile`. */
export class CannotClean extends Error {
  readonly why: WhyNotCleaned
  constructor(why: WhyNotCleaned) {
    super(`A file cannot be cleaned: ${why}`)
    this.why = why
  }
}
