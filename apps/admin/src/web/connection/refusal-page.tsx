import { useState, type SubmitEvent } from 'react'
import { useRouterState } from '@tanstack/react-router'
import { TextInput } from '@instructure/ui/v11_7'
import { findRefusal } from '@copractice/core/connection'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton, AppLink, Card, Loaded, useGoTo, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { useRefusals, useRefusalWords, useWords } from './say.ts'

type Found = RouteOutput<typeof findRefusal>

/** Looks a refused visit or registration up by the reference that its page showed. */
export function RefusalPage() {
  const say = useWords()
  const goTo = useGoTo()
  const asked = useRouterState({
    select: ({ location }) => new URLSearchParams(location.searchStr).get('reference') ?? '',
  })
  const [typed, setTyped] = useState(asked)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    goTo(`/refusals?reference=${encodeURIComponent(typed.trim())}`)
  }
  return (
    <AdminPage title={say('refusal.title')}>
      <Card title={say('refusal.find')}>
        <form className="stack" onSubmit={onSubmit}>
          <p className="muted">{say('refusal.lede')}</p>
          <div className="stack narrow">
            <TextInput
              renderLabel={say('refusal.reference')}
              value={typed}
              placeholder="7KQ4-MX29"
              onChange={(_event, value) => setTyped(value)}
            />
            <ActionButton type="submit" icon="search" isDisabled={!typed.trim()}>
              {say('refusal.look')}
            </ActionButton>
          </div>
        </form>
      </Card>
      {asked && <Answer key={asked} reference={asked} />}
    </AdminPage>
  )
}

function Answer({ reference }: { reference: string }) {
  const say = useWords()
  const refusals = useRefusals()
  const found = useRoute(findRefusal, { params: { reference } })
  return (
    <Card title={found.data?.reference ?? reference}>
      <Loaded from={found} what={say('refusal.title')} lines={4} sayRefusal={refusals}>
        {(refusal) => <Refusal refusal={refusal} />}
      </Loaded>
    </Card>
  )
}

function Refusal({ refusal: { code, at, facts, institution, connection, invitedAt } }: { refusal: Found }) {
  const say = useWords()
  const times = useTimes()
  const told = useRefusalWords()(code, connection?.profile ?? 'other')
  return (
    <dl className="detail">
      {told && (
        <>
          <dt>{say('refusal.means')}</dt>
          <dd>{told.means}</dd>
          <dt>{say('refusal.do')}</dt>
          <dd>
            <strong>{told.todo}</strong>
          </dd>
        </>
      )}
      <dt>{say('refusal.when')}</dt>
      <dd>{times.dateTime(at)}</dd>
      {connection ? (
        <>
          <dt>{say('refusal.where')}</dt>
          <dd>
            <AppLink href={`/institutions/${institution.id}/connections/${connection.id}`}>
              {say('page.of', { lms: say(`profile.${connection.profile}`), host: new URL(connection.issuer).host })}
            </AppLink>
            , {institution.name}
          </dd>
        </>
      ) : (
        <>
          <dt>{say('refusal.invite')}</dt>
          <dd>
            <AppLink href={`/institutions/${institution.id}`}>{institution.name}</AppLink>
            {invitedAt && `, ${say('invites.made', { date: times.dateTime(invitedAt) })}`}
          </dd>
        </>
      )}
      <dt>{say('refusal.code')}</dt>
      <dd>
        <span className="rule-code">{code}</span>
      </dd>
      {Object.keys(facts).length > 0 && (
        <>
          <dt>{say('refusal.facts')}</dt>
          <dd>
            {Object.entries(facts).map(([name, value]) => (
              <p key={name} className="small">
                <span className="rule-code">{name}</span> {value}
              </p>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}
