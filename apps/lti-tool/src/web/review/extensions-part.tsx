import { useId, useState } from 'react'
import {
  grantExtensionRoute,
  listExtensionsRoute,
  showRoundRoute,
  withdrawExtensionRoute,
  type Extension,
  type RoundDetail,
} from '@copractice/core/review'
import {
  ActionButton,
  DateTimeField,
  fromLocalField,
  Icon,
  Loaded,
  ProblemNotice,
  toLocalField,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

const DAY_MS = 86_400_000
const refreshes = [listExtensionsRoute, showRoundRoute]

/** Who has more time than everyone, and giving somebody some: behind one line, as most rounds need none. */
export function ExtensionsPart({ round }: { round: RoundDetail }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const { roundId, phase } = round
  const listed = useRoute(listExtensionsRoute, { params: { roundId } })
  return (
    <details className="fold-out more-time">
      <summary>
        <Icon name="chevron" small />
        <span>
          <strong>{say('time.title')}</strong>{' '}
          <span className="small muted">{say('time.now', { count: listed.data?.own.length ?? 0 })}</span>
        </span>
      </summary>
      <div className="stack more-fields">
        <Loaded from={listed} what={say('time.title')} lines={2} sayRefusal={refusals}>
          {({ own, others, people }) => (
            <>
              <ul className="list">
                {own.map((one) => (
                  <Line key={`${one.person.personId} ${one.kind}`} round={round} extension={one} />
                ))}
              </ul>
              {others > 0 && <p className="hint">{say('time.others', { count: others })}</p>}
              {phase !== 'closed' && people.length > 0 && <Grant round={round} people={people} />}
            </>
          )}
        </Loaded>
      </div>
    </details>
  )
}

function Line({ round: { roundId }, extension }: { round: RoundDetail; extension: Extension }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const times = useTimes()
  const { person, kind, until, reason } = extension
  const name = person.name ?? say('noName')
  const take = useSend(withdrawExtensionRoute, { refreshes })
  return (
    <li className="row between">
      <span>
        <strong>{name}</strong>: {say(`time.${kind}.until`, { when: times.dateTime(until) })}
        <br />
        <span className="small muted">{reason}</span>
        {take.error && <ProblemNotice problem={take.error.problem} sayRefusal={refusals} />}
      </span>
      <ActionButton
        weight="quiet"
        size="small"
        isBusy={take.isPending}
        onClick={() => take.mutate({ params: { roundId, personId: person.personId, kind } })}
      >
        {say('time.take', { name })}
      </ActionButton>
    </li>
  )
}

function Grant({ round, people }: { round: RoundDetail; people: readonly Extension['person'][] }) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const id = useId()
  const { roundId, phase, timeZone, submitUntil, reviewUntil } = round
  const kinds = ['work', 'reviews'] as const
  const [personId, setPersonId] = useState('')
  const [kind, setKind] = useState<(typeof kinds)[number]>(phase === 'review' ? 'reviews' : 'work')
  const [reason, setReason] = useState('')
  const from = kind === 'work' ? submitUntil : reviewUntil
  const [until, setUntil] = useState('')
  const typed = until || toLocalField(new Date(from.getTime() + 2 * DAY_MS), timeZone)
  const at = fromLocalField(typed, timeZone)
  const person = people.find((one) => one.personId === personId)
  const grant = useSend(grantExtensionRoute, {
    refreshes,
    onDone: (given) => {
      setPersonId('')
      setReason('')
      tell({ text: say('time.given', { name: given.person.name ?? say('noName') }) })
      // The button is idle until somebody is chosen, and would let go of the keyboard's place.
      document.getElementById(`${id}-p`)?.focus()
    },
  })
  return (
    <div className="stack time-new">
      <div className="two">
        <div className="field">
          <label htmlFor={`${id}-p`}>{say('time.who')}</label>
          <select
            id={`${id}-p`}
            className="input"
            value={personId}
            onChange={(event) => setPersonId(event.target.value)}
          >
            <option value="">{say('time.choose')}</option>
            {people.map((one) => (
              <option key={one.personId} value={one.personId}>
                {one.name ?? say('noName')}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-k`}>{say('time.what')}</label>
          <select
            id={`${id}-k`}
            className="input"
            value={kind}
            onChange={(event) => {
              setKind(kinds.find((one) => one === event.target.value) ?? 'work')
              setUntil('')
            }}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {say(`time.${one}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <DateTimeField label={say('time.until')} value={typed} zone={timeZone} onChange={setUntil} />
      <div className="field">
        <label htmlFor={`${id}-r`}>{say('time.reason')}</label>
        <input
          id={`${id}-r`}
          className="input"
          maxLength={500}
          value={reason}
          aria-describedby={`${id}-rh`}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="hint" id={`${id}-rh`}>
          {say('time.reasonHint')}
        </p>
      </div>
      {grant.error && <ProblemNotice problem={grant.error.problem} sayRefusal={refusals} />}
      <p>
        <ActionButton
          weight="secondary"
          isBusy={grant.isPending}
          isDisabled={!person || !at || !reason.trim()}
          onClick={() => {
            if (person && at)
              grant.mutate({ params: { roundId, personId: person.personId, kind }, body: { until: at, reason } })
          }}
        >
          {say('time.give')}
        </ActionButton>
      </p>
    </div>
  )
}
