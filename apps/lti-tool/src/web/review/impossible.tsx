import { AllocationImpossible, type AllocationConstraint } from '@copractice/core/review'
import { Notice } from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { useWords } from './say.ts'
import { usePairingWords } from './say-pairings.ts'

/** Says which constraints collide, and each single change that would make the dealing possible. */
export function Impossible({ facts }: { facts: unknown }) {
  const say = useWords()
  const sayConstraint = useConstraint()
  const read = AllocationImpossible.safeParse(facts).data
  const would = read?.possibleWith
  const ways = [
    would?.reviewsPerSubmission && say('impossible.fewer', { count: would.reviewsPerSubmission }),
    would?.avoidSameCampus && say('impossible.campus'),
    would?.withoutConflicts && say('impossible.conflicts'),
    would?.withoutWork && say('impossible.withoutWork'),
  ].filter((way) => typeof way === 'string')
  return (
    <Notice tone="bad" live>
      <p>
        <strong>{say('impossible.title')}</strong>
      </p>
      {read?.constraints.map((constraint, place) => (
        <p key={place}>{sayConstraint(constraint)}</p>
      ))}
      <Smallest found={read?.smallest ?? []} />
      {ways.length > 0 && (
        <>
          <p>{say('impossible.would')}</p>
          <ul>
            {ways.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}

/** The smallest sets of constraints to give up; one of a single constraint is named among the ways below as well. */
function Smallest({ found }: { found: NonNullable<AllocationImpossible['smallest']> }) {
  const say = usePairingWords()
  const words = useWords()
  const nameOf = usePersonName()
  if (found.length === 0) return null
  return (
    <>
      <p>{say('smallest.title')}</p>
      <ul>
        {found.map((each) => {
          const parts = [
            each.sameCampus && words('impossible.campus'),
            each.fewerReviews > 0 && say('smallest.fewer', { count: each.fewerReviews }),
            each.withoutWork && words('impossible.withoutWork'),
            ...each.conflicts.map(({ reviewer, author }) =>
              say('smallest.conflict', { reviewer: nameOf(reviewer), author: nameOf(author) }),
            ),
          ].filter((part) => typeof part === 'string')
          return <li key={parts.join()}>{parts.join(say('smallest.and'))}</li>
        })}
      </ul>
    </>
  )
}

function useConstraint(): (constraint: AllocationConstraint) => string {
  const say = useWords()
  const nameOf = usePersonName()
  return (constraint) => {
    switch (constraint.kind) {
      case 'too_few_for_one':
        return say('impossible.one', {
          author: nameOf(constraint.author),
          needed: constraint.needed,
          eligible: constraint.eligible,
        })
      case 'too_few_for_several':
        return say('impossible.several', {
          authors: constraint.authors.map(nameOf).join(', '),
          needed: constraint.needed,
          available: constraint.available,
        })
      case 'uneven':
        return say('impossible.uneven', { reviewers: constraint.reviewers.map(nameOf).join(', ') })
    }
  }
}
