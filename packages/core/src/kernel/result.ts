/** An expected "no" from a rule: a stable code `slice.reason` and the facts a reader needs to act on it. */
export type Refusal<Code extends string = string, Facts = unknown> = { readonly code: Code; readonly facts: Facts }

export type Result<T, R extends Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R }

export const ok = <T>(value: T) => ({ ok: true, value }) as const
export const refuse = <C extends string, F>(code: C, facts: F) => ({ ok: false, refusal: { code, facts } }) as const
