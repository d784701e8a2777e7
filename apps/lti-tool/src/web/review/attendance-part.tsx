import { useId, useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import {
  attendanceRoute,
  repairRoute,
  type PairingMatrix,
  type RepairSeen,
  type RoundPerson,
} from '@copractice/core/review'
import { ActionButton, Icon, Loaded, Notice, ProblemNotice, useRoute, useSend, useTell, useTimes } from '@copractice/ui'
import { RepairPreview } from './repair-preview.tsx'
import { usePersonName } from './person-name.ts'
import { roundRefreshes } from './round-refreshes.ts'
import { usePairingRefusals, usePairingWords } from './say-pairings.ts'

type Asked = { away: { person: string; kind: 'dropped_out' | 'silent' }[]; back: string[] }
/** Silences told one by one; the others fold away. */
const SHOWN_OPEN = 3

const nobody: Asked = { away: [], back: [] }

/** Reviews that are missing, who is silent, who is away; each one click and a preview from being handed out again. */
export function AttendancePart({ roundId, matrix }: { roundId: RoundId; matrix: PairingMatrix }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const times = useTimes()
  const nameOf = usePersonName()
  const attendance = useRoute(attendanceRoute, { params: { roundId } })
  const [plan, setPlan] = useState<{ asked: Asked; seen: RepairSeen } | null>(null)
  const preview = useSend(repairRoute, {
    onDone: (seen, { body }) => setPlan({ asked: { away: body.away, back: body.back }, seen }),
  })
  const repair = useSend(repairRoute, {
    refreshes: [...roundRefreshes, attendanceRoute],
    onDone: () => {
      setPlan(null)
      tell({ text: say('repair.done') })
    },
  })
  return (
    <Loaded from={attendance} what={say('people.loading')} lines={2} sayRefusal={refusals}>
      {({ stand, missing, silent, away }) => {
        const ask = (asked: Partial<Asked>) =>
          preview.mutate({ params: { roundId }, body: { ...nobody, ...asked, stand, preview: true } })
        const dropOut = (person: RoundPerson) => ask({ away: [{ person: person.key, kind: 'dropped_out' }] })
        const notice = ({ person, days, open }: (typeof silent)[number]) => {
          const name = nameOf(person)
          return (
            <Notice
              key={person.key}
              tone="info"
              icon="clock"
              action={
                <ActionButton
                  size="small"
                  weight="quiet"
                  onClick={() => ask({ away: [{ person: person.key, kind: 'silent' }] })}
                >
                  {say('people.handOutTheirs')}
                </ActionButton>
              }
            >
              {say('people.silent', { name, count: days, open: say('people.openReviews', { count: open }) })}
            </Notice>
          )
        }
        return (
          <div className="stack attendance">
            {missing > 0 && (
              <Notice
                tone="warn"
                live
                action={
                  <ActionButton size="small" isBusy={preview.isPending} onClick={() => ask({})}>
                    {say('people.handOut')}
                  </ActionButton>
                }
              >
                {say('people.missing', { count: missing })}
              </Notice>
            )}
            {silent.slice(0, SHOWN_OPEN).map(notice)}
            {silent.length > SHOWN_OPEN && (
              <details className="fold-out">
                <summary>
                  <Icon name="chevron" small />
                  {say('people.silentMore', { count: silent.length - SHOWN_OPEN })}
                </summary>
                <div className="stack">{silent.slice(SHOWN_OPEN).map(notice)}</div>
              </details>
            )}
            {away.length > 0 && (
              <ul className="plain away-list" aria-label={say('people.title')}>
                {away.map(({ person, kind, at }) => (
                  <li key={person.key} className="row">
                    <span>{say('people.away', { name: nameOf(person), how: say(`away.${kind}`) })}</span>
                    {at && <span className="muted">{say('people.since', { when: times.dateTime(at) })}</span>}
                    {kind !== 'left' && (
                      <ActionButton size="small" weight="quiet" onClick={() => ask({ back: [person.key] })}>
                        {say('people.back')}
                        <span className="vh"> {nameOf(person)}</span>
                      </ActionButton>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <DropOut people={matrix.rows.filter((row) => row.away === null)} onChoose={dropOut} />
            {preview.error && <ProblemNotice problem={preview.error.problem} sayRefusal={refusals} />}
            <RepairPreview
              seen={plan?.seen ?? null}
              isBusy={repair.isPending}
              onClose={() => setPlan(null)}
              onConfirm={() =>
                repair.mutate({ params: { roundId }, body: { ...nobody, ...plan?.asked, stand, preview: false } })
              }
            >
              {repair.error && <ProblemNotice problem={repair.error.problem} sayRefusal={refusals} />}
            </RepairPreview>
          </div>
        )
      }}
    </Loaded>
  )
}

function DropOut({ people, onChoose }: { people: readonly RoundPerson[]; onChoose: (person: RoundPerson) => void }) {
  const say = usePairingWords()
  const nameOf = usePersonName()
  const id = useId()
  const [key, setKey] = useState('')
  const person = people.find((each) => each.key === key)
  return (
    <details className="fold-out">
      <summary>
        <Icon name="chevron" small />
        {say('people.dropOut')}
      </summary>
      <div className="row drop-out">
        <div className="field">
          <label htmlFor={id}>{say('people.who')}</label>
          <select id={id} className="input" value={key} onChange={(event) => setKey(event.target.value)}>
            <option value="">{say('people.choose')}</option>
            {people.map((each) => (
              <option key={each.key} value={each.key}>
                {nameOf(each)}
              </option>
            ))}
          </select>
        </div>
        <ActionButton weight="secondary" isDisabled={!person} onClick={() => person && onChoose(person)}>
          {say('people.goOn')}
        </ActionButton>
      </div>
    </details>
  )
}
