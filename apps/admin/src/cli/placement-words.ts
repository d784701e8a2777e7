import type { WhyUnplaced } from '@copractice/core/convening/placement'

type Because = 'full' | 'times' | 'language' | 'apart'
type Facts<Code extends WhyUnplaced['code']> = Extract<WhyUnplaced, { code: Code }>['facts']

const BECAUSE: Record<Because, string> = {
  full: 'they are more than a cohort has seats',
  times: 'they share too few weekly times',
  language: 'they have no language in common',
  apart: 'two of them are to be kept apart',
}
const times = (count: number) => (count === 1 ? '1 weekly time' : `${count} weekly times`)

/** One sentence or two per reason: why somebody has no place, and what would make one. */
const WORDS: { [Code in WhyUnplaced['code']]: (facts: Facts<Code>) => string } = {
  'placement.too_few_times': ({ has, needs }) =>
    `Offers ${times(has)}; a cohort shares ${needs}. Ask for ${needs - has} more.`,
  'placement.no_language': () => 'Names no language. Ask for one.',
  'placement.wish': ({ because }) =>
    `Asked to be with people who cannot all sit in one cohort: ${BECAUSE[because]}. Without that wish there may be a place.`,
  'placement.wishes_clash': ({ because }) =>
    `Asked to be with somebody whom others asked for first, and together ${BECAUSE[because]}.`,
  'placement.too_few_people': ({ registrants, minimum }) =>
    `There are ${registrants} registrants; a cohort begins with ${minimum}.`,
  'placement.no_chair': () => 'Nobody among the registrants can chair. A cohort needs somebody who can.',
  'placement.too_few_in_reach': ({ atMost, minimum, needs }) =>
    `At most ${atMost} people, this one included, share ${times(needs)} and a language with them; a cohort begins with ${minimum}. Ask for more times.`,
  'placement.no_chair_in_reach': () =>
    'Nobody who can chair shares enough weekly times and a language with them. A chair at their times would do.',
  'placement.fits': ({ cohort, shared }) =>
    `Cohort ${cohort + 1} has a seat and would keep ${times(shared)}: they fit there and nobody moves.`,
  'placement.no_seat': ({ cohorts, seats }) =>
    `Fits ${cohorts.length === 1 ? `cohort ${cohorts[0]! + 1}, which is` : `${cohorts.length} cohorts, which are`} full at ${seats} seats. A seat, or one more chair, would do.`,
  'placement.no_time': ({ cohort, shared, needs, missing, ask }) =>
    `No cohort keeps ${times(needs)} with them. Nearest is cohort ${cohort + 1} with ${shared}: ask for ${missing} more of ${ask.join(', ')}.`,
  'placement.no_common_language': ({ languages }) =>
    `No cohort has all its members speak ${languages.join(' or ')}. A bilingual chair would do.`,
  'placement.kept_apart': () => 'A wish to be apart stands between them and the cohorts they would fit.',
  'placement.no_cohort': () => 'No cohort could be formed that they could join.',
}

export const wordsFor = <Code extends WhyUnplaced['code']>(why: { code: Code; facts: Facts<Code> }): string =>
  WORDS[why.code](why.facts)
