import { getCohortHome } from '@copractice/core/cohort'
import { Loaded, PageTitle, useRoute } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { CommitmentsPart } from '../meeting/commitments-part.tsx'
import { NextMeeting, NoMeeting } from '../meeting/next-meeting.tsx'
import { TermList } from '../meeting/term-list.tsx'
import { PromptDiscussion } from '../practice/prompt-discussion.tsx'
import { RenewalPart } from './renewal-part.tsx'
import { TodoList } from './todo-list.tsx'
import { WhoIsHere } from './who-is-here.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** The next thing on top, then what waits, what the cohort talks about, the term, and who is here. */
export function HomePage() {
  const say = useWords()
  const refusals = useRefusals()
  const { cohort } = useSeen()
  const home = useRoute(getCohortHome, {})
  return (
    <>
      {!home.data && (
        <div className="page-head">
          <PageTitle {...(cohort && { within: cohort.name })}>{say('home.title')}</PageTitle>
        </div>
      )}
      <Loaded from={home} what={say('home.loading')} lines={9} sayRefusal={refusals}>
        {({ nextMeeting, meetings, submissionDeadline, prompt, todos, seats, facilitators, cohort }) => (
          <>
            {nextMeeting ? (
              <NextMeeting meeting={nextMeeting} seats={seats} within={cohort.name} />
            ) : (
              <NoMeeting seats={seats} within={cohort.name} />
            )}
            <RenewalPart before={cohort.name} />
            <div className="cols">
              <div>
                <TodoList todos={todos} />
                <PromptDiscussion key={prompt?.id} prompt={prompt} />
                <CommitmentsPart />
              </div>
              <div>
                <TermList meetings={meetings} nextId={nextMeeting?.id} deadline={submissionDeadline} />
                <WhoIsHere seats={seats} facilitators={facilitators} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
