import { joinCohort, leaveCohort } from '@copractice/core/cohort'
import { getSession, type SessionSeen } from '@copractice/core/directory'
import { ActionButton, PageTitle, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { ClaimPart } from '../directory/claim-part.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** For someone who has no seat: take one, wait for one, or take one again. In plain words, with the rule named. */
export function JoinPage() {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const seen = useSeen()
  const join = useSend(joinCohort, {
    refreshes: [getSession],
    onDone: ({ standing }) => tell({ text: say(standing === 'waitlisted' ? 'join.waitlisted' : 'join.joined') }),
  })
  const leave = useSend(leaveCohort, { refreshes: [getSession] })
  const problem = join.error?.problem ?? leave.error?.problem
  const { title, text } = useStanding(seen)
  return (
    <div className="stack join">
      <PageTitle within="Copractice">{title}</PageTitle>
      <p className="lede">{text}</p>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      {seen.can.join && seen.standing !== 'waitlisted' && (
        <ActionButton onClick={() => join.mutate({})} isBusy={join.isPending}>
          {say(seen.standing === 'left' ? 'join.again' : 'join.take')}
        </ActionButton>
      )}
      {seen.standing === 'waitlisted' && seen.can.leave && (
        <ActionButton weight="quiet" onClick={() => leave.mutate({})} isBusy={leave.isPending}>
          {say('join.leaveList')}
        </ActionButton>
      )}
      <ClaimPart />
    </div>
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
