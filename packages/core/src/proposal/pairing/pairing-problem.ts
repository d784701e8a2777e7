/** What somebody said about another: rather not, gladly, very gladly. Nothing said is nothing against it. */
export type Wish = -1 | 1 | 2

export type FacilitatorAsked = Readonly<{
  id: string
  languages: readonly string[]
  /** IANA zone that `slots` are hours of. */
  timeZone: string
  areas: readonly string[]
  /** Hours they are free in a week, as placement writes them: `mon-15`. */
  slots: readonly string[]
  /** How many more cohorts they take on now. */
  capacity: number
  /** Where they come from; a proposal gets its facilitators from different campuses. */
  campus: string | null
}>

export type ProposalAsked = Readonly<{
  id: string
  area: string
  /** Empty: nothing is said about it. */
  languages: readonly string[]
  timeZone: string
  meetings: readonly Readonly<{ startsAt: Date; endsAt: Date }>[]
  /** Campuses that host it. */
  hosts: readonly string[]
  chairs: readonly string[]
  /** How many facilitators it still wants. */
  wants: number
}>

type Said = Readonly<{ facilitatorId: string; proposalId: string; wish: Wish }>

/** Who may facilitate what, and what both sides wish. `closed`: pairs that said no to one another before. */
export type PairingProblem = Readonly<{
  facilitators: readonly FacilitatorAsked[]
  proposals: readonly ProposalAsked[]
  facilitatorWishes: readonly Said[]
  hostWishes: readonly Said[]
  closed: readonly Readonly<{ facilitatorId: string; proposalId: string }>[]
}>

export type Pair = Readonly<{ facilitatorId: string; proposalId: string }>

/** Both ids as one key. */
export const pairKey = ({ facilitatorId, proposalId }: Pair): string => `${facilitatorId} ${proposalId}`
