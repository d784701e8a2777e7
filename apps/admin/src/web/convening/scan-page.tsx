import { useEffect, useRef, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { showScanned } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId, RegistrationId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, ButtonLink, Card, Loaded, Notice, ProblemNotice, useRoute } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { ChooseDesk, useDesk } from './choose-desk.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'
import { useCheckIns, type CheckIns } from './use-check-ins.ts'

type Of = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

/** What a badge's code opens on the phone of somebody who checks in: it checks in at once, and can be undone. */
export function ScanPage() {
  const say = useDayWords()
  const refusals = useRefusals()
  const params = useParams({ strict: false })
  const of: Of = {
    conveningId: params.conveningId as ConveningId,
    registrationId: params.registrationId as RegistrationId,
  }
  const scanned = useRoute(showScanned, { params: of })
  return (
    <AdminPage title={say('scan.title')}>
      <Card title={say('scan.title')}>
        <Loaded from={scanned} what={say('scan.title')} lines={4} sayRefusal={refusals}>
          {(found) => <Scanned key={of.registrationId} of={of} found={found} />}
        </Loaded>
      </Card>
    </AdminPage>
  )
}

type Found = RouteOutput<typeof showScanned>

function Scanned({ of, found }: { of: Of; found: Found }) {
  const say = useDayWords()
  const refusals = useRefusals()
  const { conveningId } = of
  const desk = useDesk(conveningId)
  const { sessionId } = desk
  const checkIns = useCheckIns(conveningId, () => undefined)
  const name = found.name ?? ''
  return (
    <div className="stack">
      <ChooseDesk desk={desk} />
      {found.status === 'registered' ? (
        <Marked key={sessionId ?? 'door'} of={of} found={found} sessionId={sessionId} onMark={checkIns.mark} />
      ) : (
        <div role="status">
          <Notice tone="warn">{say(found.status === 'cancelled' ? 'scan.cancelled' : 'scan.waits', { name })}</Notice>
        </div>
      )}
      <div role="status">
        {checkIns.pending.length > 0 && (
          <Notice tone="warn">{say('desk.waiting', { count: checkIns.pending.length })}</Notice>
        )}
      </div>
      {checkIns.problem && <ProblemNotice problem={checkIns.problem} sayRefusal={refusals} />}
      <p>
        <ButtonLink href={`/convenings/${conveningId}/check-in`} weight="quiet">
          {say('scan.list')}
        </ButtonLink>
      </p>
    </div>
  )
}

type MarkedProps = Readonly<{
  of: Of
  found: Found
  sessionId: ConveningSessionId | null
  onMark: CheckIns['mark']
}>

/** Checks in once when it is shown, and says so; whoever was here already stays so. */
function Marked({ of, found, sessionId, onMark }: MarkedProps) {
  const say = useDayWords()
  const { registrationId } = of
  const wasHere = found.checkedIn.includes(sessionId)
  const [isIn, setIsIn] = useState(true)
  const isMarked = useRef(wasHere)
  useEffect(() => {
    if (isMarked.current) return
    isMarked.current = true
    onMark({ registrationId, sessionId, isHere: true, at: new Date(), how: 'qr' })
  }, [onMark, registrationId, sessionId])
  const set = (next: boolean) => {
    setIsIn(next)
    onMark({ registrationId, sessionId, isHere: next, at: new Date(), how: 'qr' })
  }
  const name = found.name ?? ''
  const text = isIn ? say(wasHere ? 'scan.again' : 'desk.checkedIn', { name }) : say('desk.undone', { name })
  return (
    <>
      <div role="status">
        <Notice tone={isIn ? 'ok' : 'info'}>
          <strong>{text}</strong>
          <p>{found.institution.name}</p>
        </Notice>
        {sessionId && !found.sessions.includes(sessionId) && <p>{say('scan.notChosen', { name })}</p>}
      </div>
      <div>
        <ActionButton weight={isIn ? 'secondary' : 'primary'} onClick={() => set(!isIn)}>
          {say(isIn ? 'desk.undo' : 'desk.in')}
        </ActionButton>
      </div>
    </>
  )
}
