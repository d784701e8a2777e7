import { useState } from 'react'
import { getMeetingCalendar, type MeetingSeen } from '@copractice/core/meeting'
import { ActionButton, saveFile, useCall, useSayProblem, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Fetches the meeting as a calendar file, with the session in a header, and hands it to the reader. */
export function CalendarButton({ meeting: { id, title }, size }: { meeting: MeetingSeen; size?: 'small' }) {
  const say = useWords()
  const sayProblem = useSayProblem(useRefusals())
  const call = useCall()
  const tell = useTell()
  const [isBusy, setIsBusy] = useState(false)
  const fetchFile = async () => {
    setIsBusy(true)
    const answer = await call.blob(getMeetingCalendar, { params: { id } })
    setIsBusy(false)
    if (!answer.ok) return tell({ text: sayProblem(answer.problem), tone: 'bad' })
    saveFile(answer.value, `${title}.ics`)
    tell({ text: say('next.saved') })
  }
  return (
    <ActionButton weight="quiet" isBusy={isBusy} onClick={() => void fetchFile()} {...(size && { size })}>
      {say('next.calendar')}
      <span className="vh">: {title}</span>
    </ActionButton>
  )
}
