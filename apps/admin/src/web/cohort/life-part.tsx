import { useDeferredValue, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import {
  closeCohort,
  glanceAtCohorts,
  listCohorts,
  nestCohort,
  reopenCohort,
  showCohort,
  showCohortLife,
  type ClosingFinding,
  type CohortLinks,
} from '@copractice/core/cohort'
import { showAdminHome } from '@copractice/core/directory'
import type { CohortId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  ButtonLink,
  Card,
  Icon,
  Loaded,
  ProblemNotice,
  TextButton,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useMe } from '../directory/signed-in.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'

type Life = RouteOutput<typeof showCohortLife>
const refreshes = [showCohortLife, showCohort, glanceAtCohorts, listCohorts, showAdminHome]

/** What a cohort goes on from and goes on as, what it lies inside, and how it ends. */
export function LifePart({ cohort }: { cohort: CohortShown }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const { isReadOnly } = useMe()
  const life = useRoute(showCohortLife, { params: { cohortId: cohort.id } })
  return (
    <Card title={words('life')}>
      <Loaded from={life} what={words('life')} sayRefusal={refusals}>
        {(found) => (
          <div className="stack">
            <Links links={found.links} />
            <Asked asked={found.asked} />
            {!isReadOnly && <Nesting cohort={cohort} links={found.links} />}
            {found.status === 'closed' ? (
              <Closed cohort={cohort} life={found} />
            ) : isReadOnly ? null : (
              <Open cohort={cohort} life={found} />
            )}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function Links({ links }: { links: CohortLinks }) {
  const words = useSeasonWords()
  const { succeeds, succeededBy, nestedIn, nested } = links
  const rows = [
    ['life.succeeds', succeeds ? [succeeds] : []],
    ['life.succeededBy', succeededBy],
    ['life.nestedIn', nestedIn ? [nestedIn] : []],
    ['life.nested', nested],
  ] as const
  const some = rows.filter(([, cohorts]) => cohorts.length)
  if (!some.length) return <p className="muted">{words('life.alone')}</p>
  return (
    <dl className="detail">
      {some.map(([key, cohorts]) => (
        <div key={key} className="contents">
          <dt>{words(key)}</dt>
          <dd>
            {cohorts.map(({ id, name }, at) => (
              <span key={id}>
                {at > 0 && ', '}
                <AppLink href={`/cohorts/${id}`}>{name}</AppLink>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Asked({ asked }: { asked: Life['asked'] }) {
  const words = useSeasonWords()
  if (!asked.length) return null
  const count = (answer: 'yes' | 'no' | null) => asked.filter((one) => one.answer === answer).length
  const apart = asked.filter(({ answer, hasAddress }) => answer === null && !hasAddress)
  return (
    <div>
      <h3>{words('life.asked')}</h3>
      <p>{words('life.askedCount', { yes: count('yes'), no: count('no'), open: count(null) })}</p>
      {apart.length > 0 && (
        <p className="small muted">
          {words('life.noAddress', { names: apart.map(({ name }) => name ?? '?').join(', ') })}
        </p>
      )}
    </div>
  )
}

function Nesting({ cohort, links }: { cohort: CohortShown; links: CohortLinks }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const tell = useTell()
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const found = useRoute(
    listCohorts,
    { query: { limit: 6, ...(search && { search }) } },
    { enabled: isOpen, keepPrevious: true },
  )
  const params = { cohortId: cohort.id }
  const nest = useSend(nestCohort, { refreshes })
  const put = (within: { id: CohortId; name: string } | null) =>
    nest.mutate(
      { params, body: { within: within?.id ?? null } },
      {
        onSuccess: () => {
          setIsOpen(false)
          const text = within
            ? words('nested', { name: cohort.name, within: within.name })
            : words('nested.alone', { name: cohort.name })
          tell({ text, undo: () => nest.mutate({ params, body: { within: links.nestedIn?.id ?? null } }) })
        },
      },
    )
  const others = (found.data?.items ?? []).filter(({ id }) => id !== cohort.id && id !== links.nestedIn?.id)
  return (
    <div className="stack">
      <div className="row">
        <TextButton onClick={() => setIsOpen(!isOpen)} expanded={isOpen}>
          {words('nest')}
        </TextButton>
        {links.nestedIn && (
          <TextButton about={links.nestedIn.name} onClick={() => put(null)}>
            {words('nest.alone')}
          </TextButton>
        )}
      </div>
      {nest.error && <ProblemNotice problem={nest.error.problem} sayRefusal={refusals} />}
      {isOpen && (
        <div className="picker">
          <TextInput
            renderLabel={words('nest.search')}
            type="search"
            value={text}
            onChange={(_event, value) => setText(value)}
          />
          <ul className="plain stack">
            {others.map(({ id, name, theme }) => (
              <li key={id} className="row between">
                <span>
                  {name}
                  <br />
                  <span className="small muted">{theme}</span>
                </span>
                <TextButton about={name} onClick={() => put({ id, name })}>
                  {words('nest.here')}
                </TextButton>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function Closed({ cohort, life }: { cohort: CohortShown; life: Life }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const times = useTimes()
  const tell = useTell()
  const { isReadOnly } = useMe()
  const reopen = useSend(reopenCohort, {
    refreshes,
    onDone: () => tell({ text: words('reopened', { name: cohort.name }) }),
  })
  return (
    <>
      <p>
        {life.closedAt && `${words('closed.on', { date: times.date(life.closedAt) })} `}
        {words(`closed.${life.alumni}`)}
      </p>
      {reopen.error && <ProblemNotice problem={reopen.error.problem} sayRefusal={refusals} />}
      <div className="row" hidden={isReadOnly}>
        <ButtonLink href={`/cohorts/${cohort.id}/renew`} weight="secondary" icon="retry">
          {words('renew')}
        </ButtonLink>
        <ActionButton
          weight="quiet"
          isBusy={reopen.isPending}
          onClick={() => reopen.mutate({ params: { cohortId: cohort.id } })}
        >
          {words('reopen')}
        </ActionButton>
      </div>
    </>
  )
}

function Open({ cohort, life }: { cohort: CohortShown; life: Life }) {
  const words = useSeasonWords()
  const [isClosing, setIsClosing] = useState(false)
  if (isClosing) return <CloseForm cohort={cohort} findings={life.closing} onLeave={() => setIsClosing(false)} />
  return (
    <div className="row">
      <ButtonLink href={`/cohorts/${cohort.id}/renew`} weight="secondary" icon="retry">
        {words('renew')}
      </ButtonLink>
      <ActionButton weight="bad" onClick={() => setIsClosing(true)}>
        {words('close.open')}
      </ActionButton>
    </div>
  )
}

function CloseForm(props: { cohort: CohortShown; findings: readonly ClosingFinding[]; onLeave: () => void }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const tell = useTell()
  const { cohort, findings, onLeave } = props
  const [alumni, setAlumni] = useState<'open' | 'read_only'>('read_only')
  const [reason, setReason] = useState('')
  const params = { cohortId: cohort.id }
  const reopen = useSend(reopenCohort, { refreshes })
  const close = useSend(closeCohort, {
    refreshes,
    onDone: ({ told }) =>
      tell({
        text: words('closed.said', { name: cohort.name, count: told }),
        undo: () => reopen.mutate({ params }),
      }),
  })
  return (
    <div className="picker">
      <h3>{words('close.title', { name: cohort.name })}</h3>
      <p className="small">{words('close.text')}</p>
      <fieldset className="field">
        <legend>{words('close.alumni')}</legend>
        {(['read_only', 'open'] as const).map((kind) => (
          <label key={kind} className="block">
            <input type="radio" name="alumni" checked={alumni === kind} onChange={() => setAlumni(kind)} />{' '}
            {words(`close.alumni.${kind}`)}
          </label>
        ))}
      </fieldset>
      {findings.map(({ code, facts }) => (
        <p key={code} className="finding finding-warn">
          <Icon name="flag" />
          <span>{words(`finding.${code}`, { count: facts.count })}</span>
        </p>
      ))}
      {findings.length > 0 && (
        <TextInput
          renderLabel={words('close.reason')}
          value={reason}
          onChange={(_event, value) => setReason(value.slice(0, 500))}
        />
      )}
      {close.error && <ProblemNotice problem={close.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton
          isBusy={close.isPending}
          onClick={() => close.mutate({ params, body: { alumni, reason: reason.trim() || null } })}
        >
          {words('close.do')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onLeave}>
          {words('close')}
        </ActionButton>
      </div>
    </div>
  )
}
