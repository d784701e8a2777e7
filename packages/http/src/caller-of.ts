import { ipKeyGenerator } from 'express-rate-limit'

/** A household of the newer kind of network addresses has very many: they count as one, by the /56 they begin with. */
const HOUSEHOLD_BITS = 56

/** Whom to count a request for: its network address, an IPv6 one as its /56; 'unknown' once the caller hung up. */
export const callerOf = ({ ip }: Readonly<{ ip?: string | undefined }>): string =>
  ipKeyGenerator(ip ?? 'unknown', HOUSEHOLD_BITS)
