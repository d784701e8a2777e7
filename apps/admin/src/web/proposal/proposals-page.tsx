import { useState, type SubmitEvent } from 'react'
import type { CallId, InstitutionId } from '@copractice/core/kernel'
import {
  listCalls,
  listHelpRequests,
  listProposals,
  startProposal,
  type ProposalListed,
} from '@copractice/core/proposal'
import {
  ActionButton,
  AppLink,
  ButtonLink,
  Card,
  EmptyState,
  LetterBadge,
  Loaded,
  ProblemNotice,
  useGoTo,
  useRoute,
  useSend,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import { Choice } from '../directory/choice.tsx'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { useEveryInstitution } from '../directory/use-every-institution.ts'
import { useList } from '../directory/use-list.ts'
import './proposal.css'
import { useRefusals, useWords } from './say.ts'
import { ProposalStatusWord } from './status-word.tsx'

const SHOWN = ['all', 'mine', 'submitted', 'changes_asked', 'draft', 'approved', 'declined', 'withdrawn'] as const

/** What was sent to the reader's regions or with their institution as a host, what they write themselves, and the questions that wait. */
export function ProposalsPage() {
  const say = useWords()
  const list = useList()
  const { reach, isReadOnly } = useMe()
  const isAuthorOnly = reach === 'proposals'
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all')
  const only = shown === 'all' ? {} : shown === 'mine' ? { of: 'mine' as const } : { status: shown }
  const proposals = useRoute(listProposals, { query: { ...list.query, ...only } }, { keepPrevious: true })
  return (
    <AdminPage title={say('title')}>
      {!isAuthorOnly && <Queue />}
      <Card title={say('title')}>
        <div className="tools">
          <ListSearch list={list} label={say('list.search')} />
          {!isAuthorOnly && (
            <Choice
              id="shown"
              label={say('list.filter')}
              value={shown}
              options={SHOWN.map(
                (one) => [one, one === 'all' || one === 'mine' ? say(`list.${one}`) : say(`status.${one}`)] as const,
              )}
              onChange={(value) => {
                setShown(value as typeof shown)
                list.startAgain()
              }}
            />
          )}
        </div>
        <Loaded from={proposals} what={say('title')} lines={6}>
          {({ items, next }) =>
            items.length ? (
              <>
                <Proposals rows={items} />
                <ListPages list={list} next={next} label={say('title')} />
              </>
            ) : list.search || shown !== 'all' ? (
              <EmptyState title={say('list.noneFound')} icon="inbox" />
            ) : (
              <EmptyState
                title={say(isAuthorOnly ? 'list.noneMine' : 'list.none')}
                icon="inbox"
                action={<ButtonLink href="/start">{say('start.public')}</ButtonLink>}
              >
                {say(isAuthorOnly ? 'list.noneMineText' : 'list.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
      {!isAuthorOnly && !isReadOnly && <Begin />}
    </AdminPage>
  )
}

function Proposals({ rows }: { rows: readonly ProposalListed[] }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<ProposalListed>[] = [
    {
      id: 'title',
      head: say('col.title'),
      isHead: true,
      cell: ({ id, title, area, asksHelp }) => (
        <>
          <AppLink href={`/proposals/${id}`}>{title.trim() || say('untitled')}</AppLink>
          <br />
          <span className="small muted">{[area, asksHelp && say('asksHelp')].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    {
      id: 'hosts',
      head: say('col.hosts'),
      cell: ({ hosts }) =>
        hosts.map((host) => (
          <span key={host.id} className="row person-line">
            <LetterBadge mark={host} small />
            <span>{host.name}</span>
          </span>
        )),
    },
    { id: 'call', head: say('col.call'), cell: ({ call }) => call?.title ?? say('begin.noCall') },
    { id: 'saved', head: say('col.saved'), cell: ({ savedAt }) => times.dateTime(savedAt) },
    { id: 'status', head: say('col.status'), cell: ({ status }) => <ProposalStatusWord status={status} /> },
  ]
  return <AdminTable caption={say('title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}

/** Questions that wait for a coordinator; nothing where none does. */
function Queue() {
  const say = useWords()
  const times = useTimes()
  const queue = useRoute(listHelpRequests, {})
  if (!queue.data?.items.length) return null
  return (
    <Card title={say('queue.title')}>
      <ul className="plain queue">
        {queue.data.items.map(({ id, proposalId, title, text, byName, askedAt }) => (
          <li key={id}>
            <div>
              <strong>{title.trim() || say('untitled')}</strong>
              <p className="voice">{text}</p>
              <p className="small muted">
                {say('queue.asked', { who: byName ?? say('somebody'), when: times.moment(askedAt) })}
              </p>
            </div>
            <ButtonLink href={`/proposals/${proposalId}`} weight="secondary" size="small">
              {say('queue.answer')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** A draft for one of the reader's institutions. */
function Begin() {
  const say = useWords()
  const goTo = useGoTo()
  const refusals = useRefusals()
  const { institutions, problem, retry } = useEveryInstitution()
  const calls = useRoute(listCalls, {})
  const [institutionId, setInstitutionId] = useState('')
  const [callId, setCallId] = useState('')
  const begin = useSend(startProposal, {
    refreshes: [listProposals],
    onDone: ({ id }) => goTo(`/proposals/${id}`),
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!institutionId) return
    const body = { institutionId: institutionId as InstitutionId, callId: (callId || null) as CallId | null }
    begin.mutate({ body })
  }
  if (institutions?.length === 0) {
    return (
      <Card title={say('begin.title')}>
        <p>{say('begin.noHosts')}</p>
        <ButtonLink href="/institutions?add=1" weight="secondary">
          {say('begin.toHosts')}
        </ButtonLink>
      </Card>
    )
  }
  return (
    <Card title={say('begin.title')}>
      <form className="fields-group" onSubmit={onSubmit} aria-label={say('begin.title')}>
        <div className="two">
          <Choice
            id="begin-host"
            label={say('begin.host')}
            value={institutionId}
            options={[['', say('pick')], ...(institutions ?? []).map(({ id, name }) => [id, name] as const)]}
            onChange={setInstitutionId}
          />
          <Choice
            id="begin-call"
            label={say('begin.call')}
            value={callId}
            options={[
              ['', say('begin.noCall')],
              ...(calls.data?.items ?? [])
                .filter(({ state }) => state === 'open')
                .map(({ id, title }) => [id, title] as const),
            ]}
            onChange={setCallId}
          />
        </div>
        {problem && <ProblemNotice problem={problem} onRetry={retry} />}
        {begin.error && <ProblemNotice problem={begin.error.problem} sayRefusal={refusals} />}
        <ActionButton type="submit" weight="secondary" isBusy={begin.isPending} isDisabled={!institutionId}>
          {say('begin.go')}
        </ActionButton>
      </form>
    </Card>
  )
}
