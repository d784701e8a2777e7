import { useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { showAdminHome } from '@copractice/core/directory'
import {
  decideFacilitator,
  listFacilitators,
  suggestPairing,
  type FacilitatorListed,
  type FacilitatorStatus,
} from '@copractice/core/proposal'
import {
  ActionButton,
  ButtonLink,
  Card,
  EmptyState,
  LetterBadge,
  Loaded,
  ProblemNotice,
  StatusPill,
  useRoute,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { CopyValue } from '../../connection/copy-value.tsx'
import { AdminPage } from '../../directory/admin-page.tsx'
import { AdminTable } from '../../directory/admin-table.tsx'
import { Choice } from '../../directory/choice.tsx'
import { ListPages, ListSearch } from '../../directory/list-parts.tsx'
import { useMe } from '../../directory/signed-in.tsx'
import { useList } from '../../directory/use-list.ts'
import { usePairingRefusals, usePairingWords } from './say-pairing.ts'
import '../../cohort/season.css'

const TONES = { applied: 'warn', in_pool: 'ok', resting: 'plain', declined: 'plain' } as const
const NONE = { status: '', language: '', area: '', free: '' }

/** Everybody who offers to facilitate: who waits for an answer first. */
export function FacilitatorsPage() {
  const say = usePairingWords()
  const { network } = useMe()
  const list = useList()
  const [filters, setFilters] = useState(NONE)
  const { status, language, area, free } = filters
  const set = (change: Partial<typeof NONE>) => {
    setFilters((now) => ({ ...now, ...change }))
    list.startAgain()
  }
  const query = {
    ...list.query,
    ...(status && { status: status as FacilitatorStatus }),
    ...(language.trim() && { language: language.trim() }),
    ...(area.trim() && { area: area.trim() }),
    ...(free && { free: 'yes' as const }),
  }
  const found = useRoute(listFacilitators, { query }, { keepPrevious: true })
  const isFiltered = list.search !== '' || Object.values(filters).some(Boolean)
  return (
    <AdminPage title={say('pool')}>
      <Card title={say('pool')}>
        <p className="muted">{say('pool.lead')}</p>
        <CopyValue label={say('pool.address')} value={`${window.location.origin}/facilitate/${network.id}`} />
        <div className="tools">
          <ListSearch list={list} label={say('pool.search')} />
          <ButtonLink href="/facilitators/pairing" icon="people">
            {say('pool.pairing')}
          </ButtonLink>
        </div>
        <div className="filters">
          <Choice
            id="status"
            label={say('status')}
            value={status}
            options={[
              ['', say('status.any')],
              ...(['applied', 'in_pool', 'resting', 'declined'] as const).map(
                (one) => [one, say(`status.${one}`)] as const,
              ),
            ]}
            onChange={(value) => set({ status: value })}
          />
          <TextInput
            renderLabel={say('language')}
            value={language}
            onChange={(_event, value) => set({ language: value })}
          />
          <TextInput renderLabel={say('area')} value={area} onChange={(_event, value) => set({ area: value })} />
          <Choice
            id="free"
            label={say('places')}
            value={free}
            options={[
              ['', say('free.any')],
              ['yes', say('freeOnly')],
            ]}
            onChange={(value) => set({ free: value })}
          />
        </div>
        <Loaded from={found} what={say('pool')} lines={8}>
          {({ items, next }) =>
            items.length ? (
              <>
                <Rows rows={items} />
                <ListPages list={list} next={next} label={say('pool')} />
              </>
            ) : (
              <EmptyState title={isFiltered ? say('pool.noneFound') : say('pool.none')} icon="people">
                {!isFiltered && say('pool.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
    </AdminPage>
  )
}

function Rows({ rows }: { rows: readonly FacilitatorListed[] }) {
  const { isReadOnly } = useMe()
  const say = usePairingWords()
  const nameOf = ({ name, email }: FacilitatorListed) => name ?? email ?? say('noName')
  const columns: Column<FacilitatorListed>[] = [
    {
      id: 'who',
      head: say('who'),
      isHead: true,
      cell: (one) => (
        <>
          {nameOf(one)}
          <br />
          {one.campus && (
            <span className="with-badge small">
              <LetterBadge mark={one.campus} small />
              {one.campus.name}
            </span>
          )}
          {(one.about || one.experience) && (
            <span className="small muted block">{[one.about, one.experience].filter(Boolean).join(' ')}</span>
          )}
        </>
      ),
    },
    {
      id: 'can',
      head: say('can'),
      cell: ({ languages, areas }) => (
        <>
          {languages.join(', ')}
          <br />
          <span className="small muted">{areas.join(', ')}</span>
        </>
      ),
    },
    {
      id: 'when',
      head: say('when'),
      cell: ({ slots, timeZone }) => (
        <>
          {say('when.hours', { count: slots.length })}
          <br />
          <span className="small muted">{timeZone.replaceAll('_', ' ')}</span>
        </>
      ),
    },
    {
      id: 'places',
      head: say('places'),
      cell: ({ atOnce, facilitates, offers }) => say('places.of', { taken: facilitates + offers, all: atOnce }),
    },
    {
      id: 'answer',
      head: say('status'),
      cell: (one) =>
        one.status === 'applied' && !isReadOnly ? (
          <Decide facilitator={one} name={nameOf(one)} />
        ) : (
          <>
            <StatusPill tone={TONES[one.status]}>{say(`status.${one.status}`)}</StatusPill>
            {one.decision && <span className="small muted block">{one.decision}</span>}
          </>
        ),
    },
  ]
  return <AdminTable caption={say('pool')} columns={columns} rows={rows} rowKey={({ personId }) => personId} />
}

function Decide({ facilitator, name }: { facilitator: FacilitatorListed; name: string }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const [isDeclining, setIsDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const params = { personId: facilitator.personId }
  const decide = useSend(decideFacilitator, {
    refreshes: [listFacilitators, suggestPairing, showAdminHome],
    onDone: (_value, { body }) => tell({ text: say(body.verdict === 'in_pool' ? 'accepted' : 'declined', { name }) }),
  })
  const send = (verdict: 'in_pool' | 'declined') =>
    decide.mutate({ params, body: { verdict, reason: verdict === 'declined' ? reason.trim() : '' } })
  return (
    <div className="stack">
      <StatusPill tone="warn">{say('status.applied')}</StatusPill>
      {decide.error && <ProblemNotice problem={decide.error.problem} sayRefusal={refusals} />}
      {isDeclining ? (
        <>
          <TextInput
            renderLabel={say('decline.reason', { name })}
            isRequired
            value={reason}
            onChange={(_event, value) => setReason(value.slice(0, 1000))}
          />
          <div className="row">
            <ActionButton
              size="small"
              weight="bad"
              isDisabled={!reason.trim()}
              isBusy={decide.isPending}
              onClick={() => send('declined')}
            >
              {say('decline.do')}
            </ActionButton>
            <ActionButton size="small" weight="quiet" onClick={() => setIsDeclining(false)}>
              {say('leave')}
            </ActionButton>
          </div>
        </>
      ) : (
        <div className="row">
          <ActionButton size="small" isBusy={decide.isPending} onClick={() => send('in_pool')}>
            {say('accept')}
            <span className="vh"> {name}</span>
          </ActionButton>
          <ActionButton size="small" weight="quiet" onClick={() => setIsDeclining(true)}>
            {say('decline')}
            <span className="vh"> {name}</span>
          </ActionButton>
        </div>
      )}
    </div>
  )
}
