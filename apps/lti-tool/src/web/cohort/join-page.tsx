import { joinCohort, leaveCohort, showJoining } from '@copractice/core/cohort'
import { getSession, type SessionSeen } from '@copractice/core/directory'
import { ActionButton, Loaded, PageTitle, ProblemNotice, useRoute, useSend, useTell } from '@copractice/ui'
import { ClaimPart } from '../directory/claim-part.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** For someone who has no seat: take one, wait for one, or take one again. In plain words, with the rule named. */
export function JoinPage() {
  const say = useWords()
  const refusals = useRefusals()
  const seen = useSeen()
  const leave = useSend(leaveCohort, { refreshes: [getSession] })
  const { title, text } = useStanding(seen)
  return (
    <div className="stack join">
      {seen.can.join && seen.standing !== 'waitlisted' ? (
        <Offer seen={seen} title={title} text={text} />
      ) : (
        <>
          <PageTitle within="Copractice">{title}</PageTitle>
          <p className="lede">{text}</p>
        </>
      )}
      {leave.error && <ProblemNotice problem={leave.error.problem} sayRefusal={refusals} />}
      {seen.standing === 'waitlisted' && seen.can.leave && (
        <ActionButton weight="quiet" onClick={() => leave.mutate({})} isBusy={leave.isPending}>
          {say('join.leaveList')}
        </ActionButton>
      )}
      <ClaimPart />
    </div>
  )
}

/** What joining would give is asked first, so that nothing is offered that would then be refused. */
function Offer({ seen, title, text }: { seen: SessionSeen; title: string; text: string }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const joining = useRoute(showJoining, {})
  const join = useSend(joinCohort, {
    refreshes: [getSession, showJoining],
    onDone: ({ standing }) => tell({ text: say(standing === 'waitlisted' ? 'join.waitlisted' : 'join.joined') }),
  })
  const name = seen.cohort?.name ?? ''
  const place = joining.data?.waitlistPlace ?? null
  const isRefused = joining.error !== null && !['offline', 'fault'].includes(joining.error.problem.code)
  return (
    <>
      <PageTitle within="Copractice">
        {isRefused ? say('join.notTitle', { name }) : place === null ? title : say('join.fullTitle', { name })}
      </PageTitle>
      {!isRefused && place === null && <p className="lede">{text}</p>}
      <Loaded from={joining} what={say('join.loading')} lines={2} sayRefusal={refusals}>
        {({ seats, waitlistPlace }) => (
          <>
            {waitlistPlace !== null && (
              <p className="lede">
                {say('join.full', {
                  capacity: seats.capacity,
                  place: say('join.place', { count: waitlistPlace, ordinal: true }),
                })}
              </p>
            )}
            {join.error && <ProblemNotice problem={join.error.problem} sayRefusal={refusals} />}
            <p>
              <ActionButton onClick={() => join.mutate({})} isBusy={join.isPending}>
                {say(waitlistPlace !== null ? 'join.waitFor' : seen.standing === 'left' ? 'join.again' : 'join.take')}
              </ActionButton>
            </p>
          </>
        )}
      </Loaded>
    </>
  )
}

function useStanding({ standing, cohort, waitlistPlace }: SessionSeen): { title: string; text: string } {
  const say = useWords()
  const name = cohort?.name ?? ''
  switch (standing) {
    case 'may_join':
      return { title: say('join.mayTitle', { name }), text: say('join.may', { theme: cohort?.theme ?? '' }) }
    case 'left':
      return { title: say('join.leftTitle', { name }), text: say('join.left') }
    case 'waitlisted':
      return {
        title: say('join.waitTitle', { name }),
        text: say('join.wait', { count: waitlistPlace ?? 1, ordinal: true }),
      }
    default:
      return { title: say('join.noTitle'), text: say('join.no') }
  }
}
