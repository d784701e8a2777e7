import type { Fault, FaultService } from './options.ts'

/** The fault switch: at most one fault at a time, used up answer by answer. */
export type Faults = {
  set(fault: Fault | null): void
  /** The fault still waiting, with how many answers are left. */
  current(): Fault | undefined
  /** Uses up one answer when the fault is meant for this service. `carriesToken`: the request shows an access token. */
  draw(service: FaultService, carriesToken: boolean): Fault | undefined
}

export function createFaults(): Faults {
  let fault: Fault | undefined
  let answers = 0
  return {
    set(next) {
      fault = next === null || next.count < 1 ? undefined : { ...next }
    },
    current: () => fault && { ...fault },
    draw(service, carriesToken) {
      if (fault === undefined) return undefined
      const meant = fault.service === undefined ? service !== 'jwks' : fault.service === service
      if (!meant || (fault.kind === 'expired_token' && !carriesToken)) return undefined
      const drawn = fault
      fault = fault.count > 1 ? { ...fault, count: fault.count - 1 } : undefined
      answers++
      if (drawn.oneIn === undefined || answers % drawn.oneIn === 0) return drawn
      const { lateMilliseconds: milliseconds } = drawn
      return milliseconds === undefined ? undefined : { kind: 'latency', milliseconds, count: 1 }
    },
  }
}
