import type { ReviewPage } from '@copractice/core/review'
import { Section } from '@copractice/ui'
import { CompareVersions } from './compare-versions.tsx'
import { ResponseRead } from './respond.tsx'
import { useWritingWords } from './say-writing.ts'

/** What became of a review one wrote: the author's answer, and what they changed. */
export function ReviewAfter({ after, work }: { after: NonNullable<ReviewPage['after']>; work: ReviewPage['work'] }) {
  const say = useWritingWords()
  const { response, versions } = after
  const reviewed = { number: 1, body: work.body, files: work.files, link: work.link, changeNote: '' }
  return (
    <div className="parts after">
      <Section title={say('after.answer')}>
        {response && (response.helpfulness !== null || response.reply) ? (
          <ResponseRead response={response} />
        ) : (
          <p className="muted">{say('after.noAnswer')}</p>
        )}
      </Section>
      {versions.length > 0 && (
        <Section title={say('after.changed')}>
          <CompareVersions versions={[reviewed, ...versions]} />
        </Section>
      )}
    </div>
  )
}
