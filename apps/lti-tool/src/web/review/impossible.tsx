import { AllocationImpossible, type AllocationConstraint } from '@copractice/core/review'
import { Notice } from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { useWords } from './say.ts'

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
