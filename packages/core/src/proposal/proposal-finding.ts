import * as z from 'zod'
import { CohortFinding } from '../cohort/create-cohort-contract.ts'

const finding = <Code extends string, Facts extends z.ZodType>(code: Code, facts: Facts) =>
  z.object({ code: z.literal(code), strength: z.enum(['block', 'warn']), facts })
const names = z.array(z.string())
const Numbers = z.object({ meetings: z.array(z.int()) })

/** What one rule says about a proposal: those of a cohort on its plan and its people, and those a proposal has of its own. */
export const ProposalFinding = z.discriminatedUnion('code', [
  ...CohortFinding.options,
  finding('proposal.title', z.object({})),
  /** `strangers`: campuses among the hosts that are no members; `members`: how many hosts may propose, offices among them. */
  finding('proposal.member', z.object({ strangers: names, members: z.int() })),
  /** `named`: the areas it names; `asked`: the one its call is about. */
  finding('proposal.competency_area', z.object({ named: names, asked: z.string().nullable() })),
  finding('charter.three_parts', z.object({ missing: z.array(z.enum(['domain', 'community', 'practice'])) })),
  finding('proposal.voice', z.object({ missing: z.array(z.enum(['democratic', 'inclusive'])) })),
  finding('proposal.facilitators', z.object({ isPairing: z.boolean() })),
  /** `outside`: meetings, counted from 1, that lie before the first or after the last day. */
  finding(
    'proposal.dates',
    z.object({
      missing: z.array(z.enum(['startsOn', 'endsOn'])),
      isBackwards: z.boolean(),
      outside: z.array(z.int()),
    }),
  ),
  finding('meeting.undated', Numbers),
  finding('meeting.join_url', Numbers),
])
export type ProposalFinding = z.output<typeof ProposalFinding>

/** A list of findings, which is kept with its instants as ISO text. */
export const ProposalFindings = z.array(ProposalFinding)
