import { useState } from 'react'
import { getCohortHome } from '@copractice/core/cohort'
import { answerMeeting, listMeetings, type MeetingSeen } from '@copractice/core/meeting'
import { ActionButton, ProblemNotice, Spoken, TextButton, useSend } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'

/** Yes or no to one meeting; what was said, with a way to change it. */
export function AnswerMeeting({ meeting, isMain = false }: { meeting: MeetingSeen; isMain?: boolean }) {
  const say = useWords()
  const refusals = useRefusals()
  const { can } = useSeen()
  const [isChanging, setIsChanging] = useState(false)
  const answer = useSend(answerMeeting, {
    refreshes: [getCohortHome, listMeetings],
    onDone: () => setIsChanging(false),
  })
  if (!can.answerMeetings) return null
  const { id, title, myAnswer } = meeting
  const said = myAnswer === 'yes' ? say('answer.saidYes') : myAnswer === 'no' ? say('answer.saidNo') : ''
  const send = (value: 'yes' | 'no') => answer.mutate({ params: { id }, body: { answer: value } })
  return (
    <>
      {said && !isChanging ? (
        <span className="small answered">
          {said}{' '}
          <TextButton onClick={() => setIsChanging(true)} about={say('answer.changeAbout', { title })}>
            {say('answer.change')}
          </TextButton>
        </span>
      ) : (
        <fieldset className="row" disabled={answer.isPending}>
          <legend className="vh">{say('answer.group', { title })}</legend>
          <ActionButton weight={isMain ? 'primary' : 'secondary'} onClick={() => send('yes')}>
            {say('answer.yes')}
          </ActionButton>
          <ActionButton weight="quiet" onClick={() => send('no')}>
            {say('answer.no')}
          </ActionButton>
        </fieldset>
      )}
      <Spoken>{said}</Spoken>
      {answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />}
    </>
  )
}
