import { useState } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { listCohorts } from '@copractice/core/cohort'
import { commitPlacement, showPlacement, weighPlacement, type BoardSeen } from '@copractice/core/convening/board'
import { showAdminHome } from '@copractice/core/directory'
import type { ConveningId } from '@copractice/core/kernel'
import {
  ActionButton,
  Card,
  DateTimeField,
  fromLocalField,
  knownZones,
  Notice,
  ProblemNotice,
  toLocalField,
  useNow,
  useSend,
  useTell,
} from '@copractice/ui'
import { Choice } from '../../directory/choice.tsx'
import { CommitPreview } from './commit-preview.tsx'
import { MeetingPlanFields, planOf, startingPlan } from './meeting-plan-fields.tsx'
import type { PlacementShown } from './placement-page.tsx'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{
  conveningId: ConveningId
  placement: PlacementShown
  board: BoardSeen
  onClose: () => void
}>

/** Makes the cohorts: what they are about and when they meet, first what it would do, then doing it. */
export function CommitForm({ conveningId, placement, board, onClose }: Props) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const now = useNow()
  const { convening } = placement
  const fresh = board.cohorts.filter(({ cohortId }) => cohortId === null)
  const [theme, setTheme] = useState('')
  const [zone, setZone] = useState(convening.timeZone)
  const [deadline, setDeadline] = useState<string | null>(null)
  const [plan, setPlan] = useState(() => {
    const start = Math.max(now.getTime(), convening.startsAt?.getTime() ?? 0) + 7 * 86_400_000
    return startingPlan(toLocalField(new Date(start), convening.timeZone).slice(0, 10))
  })
  const [reason, setReason] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const look = useSend(commitPlacement)
  const commit = useSend(commitPlacement, {
    refreshes: [showPlacement, weighPlacement, listCohorts, showAdminHome],
    onDone: ({ cohorts }) => {
      const people = cohorts.reduce((sum, { seats }) => sum + seats, 0)
      tell({ text: say('commit.done', { count: people }) })
      onClose()
    },
  })
  const meetings = plan.isNow && fresh.length ? planOf(plan, say('commit.meetingTitle')) : null
  const isThemeMissing = fresh.length > 0 && !theme.trim()
  const isPlanWrong = plan.isNow && fresh.length > 0 && meetings === null
  const bodyOf = (dryRun: boolean) => ({
    version: board.version,
    dryRun,
    theme: theme.trim() || convening.name,
    timeZone: zone,
    submissionDeadline: deadline === null ? null : fromLocalField(deadline, zone),
    meetings,
    reason: reason.trim() || null,
  })
  const changed = () => look.reset()
  const send = (dryRun: boolean) => {
    setIsAsked(true)
    if (isThemeMissing || isPlanWrong) return
    const given = { params: { conveningId }, body: bodyOf(dryRun) }
    if (dryRun) look.mutate(given)
    else commit.mutate(given)
  }
  const findings = look.data?.cohorts.flatMap((cohort) => cohort.findings) ?? []
  const isBlocked = findings.some(({ strength }) => strength === 'block')
  const isReasonMissing = findings.length > 0 && !isBlocked && !reason.trim()
  const problem = (look.error ?? commit.error)?.problem
  const zones = knownZones().map((one) => [one, one.replaceAll('_', ' ')] as const)
  return (
    <Card title={say('commit.title')}>
      <div className="fields-group">
        <p className="muted">{say(fresh.length ? 'commit.text' : 'commit.late')}</p>
        {fresh.length > 0 && (
          <>
            <div className="two">
              <TextInput
                renderLabel={say('commit.theme')}
                isRequired
                value={theme}
                onChange={(_event, value) => {
                  setTheme(value)
                  changed()
                }}
                messages={isAsked && isThemeMissing ? [{ type: 'newError', text: say('commit.themeNeeded') }] : []}
              />
              <Choice
                id="commit-zone"
                label={say('commit.zone')}
                value={zone}
                options={zones}
                onChange={(value) => {
                  setZone(value)
                  changed()
                }}
              />
            </div>
            <label className="tick-line">
              <input
                className="tick"
                type="checkbox"
                checked={deadline !== null}
                onChange={(event) => {
                  setDeadline(event.target.checked ? '' : null)
                  changed()
                }}
              />
              <span>{say('commit.hasDeadline')}</span>
            </label>
            {deadline !== null && (
              <DateTimeField
                label={say('commit.deadline')}
                value={deadline}
                zone={zone}
                onChange={(value) => {
                  setDeadline(value)
                  changed()
                }}
              />
            )}
            <MeetingPlanFields
              plan={plan}
              cohorts={fresh}
              isAsked={isAsked}
              onChange={(next) => {
                setPlan(next)
                changed()
              }}
            />
          </>
        )}
        {look.data && <CommitPreview preview={look.data} zone={zone} />}
        {isBlocked && <Notice tone="bad">{say('commit.blocked')}</Notice>}
        {look.data && findings.length > 0 && !isBlocked && (
          <TextArea
            label={say('commit.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            messages={[{ type: 'hint', text: say(isReasonMissing ? 'commit.reasonNeeded' : 'commit.reasonHint') }]}
          />
        )}
        {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        <div className="row">
          {look.data && !isBlocked ? (
            <ActionButton onClick={() => send(false)} isBusy={commit.isPending} isDisabled={isReasonMissing}>
              {say('commit.open', { count: look.data.invited })}
            </ActionButton>
          ) : (
            <ActionButton onClick={() => send(true)} isBusy={look.isPending}>
              {say('commit.look')}
            </ActionButton>
          )}
          <ActionButton weight="quiet" onClick={onClose}>
            {say('commit.close')}
          </ActionButton>
        </div>
      </div>
    </Card>
  )
}
