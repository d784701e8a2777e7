import { listSessions } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId } from '@copractice/core/kernel'
import { keep, kept, useRoute, useTimes } from '@copractice/ui'
import { useState } from 'react'
import { Choice } from '../directory/choice.tsx'
import { useDayWords } from './say-day.ts'

const deskKey = (conveningId: ConveningId) => `copractice.desk.at.${conveningId}`

/** Where this device checks in: the door or one session, remembered between scans. */
export function useDesk(conveningId: ConveningId) {
  const [at, setAt] = useState(() => (kept(deskKey(conveningId)) as ConveningSessionId | undefined) ?? null)
  const sessions = useRoute(listSessions, { params: { conveningId } })
  const known = sessions.data?.items
  const sessionId = known && at !== null && !known.some(({ id }) => id === at) ? null : at
  const choose = (next: ConveningSessionId | null) => {
    keep(deskKey(conveningId), next)
    setAt(next)
  }
  return { sessionId, sessions: known ?? [], choose }
}

export function ChooseDesk({ desk }: { desk: ReturnType<typeof useDesk> }) {
  const say = useDayWords()
  const times = useTimes()
  const options = desk.sessions.map(({ id, title, startsAt }) => [id, `${times.clock(startsAt)} ${title}`] as const)
  return (
    <Choice
      id="desk"
      label={say('desk.where')}
      value={desk.sessionId ?? ''}
      options={[['', say('desk.door')], ...options]}
      onChange={(value) => desk.choose((value || null) as ConveningSessionId | null)}
    />
  )
}
