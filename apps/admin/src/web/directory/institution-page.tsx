import { useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { showInstitution } from '@copractice/core/directory'
import type { InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, Icon, LetterBadge, Loaded, useRoute, useTimes } from '@copractice/ui'
import { ConnectionForm } from '../connection/connection-form.tsx'
import { Connections } from '../connection/connections.tsx'
import { Invite } from '../connection/invite.tsx'
import { OpenInvites } from '../connection/open-invites.tsx'
import { ToolDetails } from '../connection/tool-details.tsx'
import { useWords as useConnectionWords } from '../connection/say.ts'
import { SignInCard } from '../institution-sign-in/sign-in-card.tsx'
import { useMe } from './signed-in.tsx'
import { AdminPage } from './admin-page.tsx'
import { InstitutionForm } from './institution-form.tsx'
import { useRefusals, useWords } from './say.ts'

type Institution = RouteOutput<typeof showInstitution>

/** One institution: how its people come in, the invite for the LMS administrator, its details. */
export function InstitutionPage() {
  const say = useWords()
  const refusals = useRefusals()
  const institutionId = useParams({ strict: false }).institutionId as InstitutionId
  const institution = useRoute(showInstitution, { params: { institutionId } })
  return (
    <AdminPage title={institution.data?.name ?? say('institution.title')}>
      <Loaded from={institution} what={say('institution.title')} lines={8} sayRefusal={refusals}>
        {(found) => (
          <div className="two-thirds">
            <div>
              <WaysIn institution={found} />
            </div>
            <Details institution={found} />
          </div>
        )}
      </Loaded>
    </AdminPage>
  )
}

/** How its people come in. A campus has an LMS; the others need none, and theirs folds away until one is connected. */
function WaysIn({ institution: { id, kind, connections, invites } }: { institution: Institution }) {
  const say = useWords()
  const lms = useConnectionWords()
  if (kind === 'campus' || connections.length > 0) {
    return (
      <>
        <LmsCards institutionId={id} connections={connections} invites={invites} />
        <SignInCard institutionId={id} />
      </>
    )
  }
  return (
    <>
      <Card title={say('institution.mailTitle')}>
        <p>{say(`institution.mailText.${kind}`)}</p>
      </Card>
      <SignInCard institutionId={id} />
      <details className="fold-out" open={invites.some(({ lastRefusal }) => lastRefusal)}>
        <summary>
          <Icon name="chevron" small />
          {lms('list.fold')}
        </summary>
        <LmsCards institutionId={id} connections={connections} invites={invites} />
      </details>
    </>
  )
}

function LmsCards(props: Pick<Institution, 'connections' | 'invites'> & { institutionId: InstitutionId }) {
  const lms = useConnectionWords()
  const { isReadOnly } = useMe()
  const [isByHand, setIsByHand] = useState(false)
  const { institutionId, connections, invites } = props
  return (
    <>
      <Card title={lms('list.title')}>
        <Connections institutionId={institutionId} connections={connections} />
      </Card>
      {(!isReadOnly || invites.length > 0) && (
        <Card title={lms('invite.title')}>
          <div className="stack">
            <OpenInvites invites={invites} />
            {!isReadOnly && <Invite institutionId={institutionId} />}
          </div>
        </Card>
      )}
      {!isReadOnly && (
        <Card title={lms('manual.title')}>
          {isByHand ? (
            <div className="stack">
              <h3>{lms('manual.values')}</h3>
              <ToolDetails />
              <h3>{lms('manual.then')}</h3>
              <ConnectionForm institutionId={institutionId} onClose={() => setIsByHand(false)} />
            </div>
          ) : (
            <ActionButton weight="quiet" icon="pencil" onClick={() => setIsByHand(true)}>
              {lms('manual.open')}
            </ActionButton>
          )}
        </Card>
      )}
    </>
  )
}

function Details({ institution }: { institution: Institution }) {
  const say = useWords()
  const times = useTimes()
  const [isEditing, setIsEditing] = useState(false)
  const { id, name, letter, colour, kind, region, timeZone, memberSince, memberUntil, people, canEdit, units } =
    institution
  const details = { name, kind, regionId: region?.id ?? null, timeZone, memberSince, memberUntil, units }
  const day = (text: string) => times.date(new Date(`${text}T12:00:00Z`), 'UTC')
  const span = (since: string, until: string | null) =>
    until ? say('institution.span', { since: day(since), until: day(until) }) : day(since)
  if (isEditing) {
    return (
      <Card title={say('institution.details')}>
        <InstitutionForm existing={{ id, details }} onClose={() => setIsEditing(false)} />
      </Card>
    )
  }
  const since = memberSince ? span(memberSince, memberUntil) : say('kind.notMember')
  return (
    <Card title={say('institution.details')}>
      <dl className="detail">
        <dt>{say('institution.badge')}</dt>
        <dd>
          <LetterBadge mark={{ letter, colour }} /> <span className="vh">{letter}</span>
        </dd>
        <dt>{say('institution.kind')}</dt>
        <dd>{say(`kind.${kind}`)}</dd>
        {kind === 'campus' && (
          <>
            <dt>{say('institution.since')}</dt>
            <dd>
              {since}
              {memberSince && !institution.isMember && (
                <strong className="small block">{say('institution.ended')}</strong>
              )}
              {institution.memberships.map((before) => (
                <span key={before.since} className="small muted block">
                  {say('institution.before', { span: span(before.since, before.until) })}
                </span>
              ))}
            </dd>
          </>
        )}
        <dt>{say('institution.region')}</dt>
        <dd>{region?.name ?? say('institution.noRegion')}</dd>
        {units.length > 0 && (
          <>
            <dt>{say('institution.units')}</dt>
            <dd>
              <ul className="plain">
                {units.map((unit) => (
                  <li key={unit}>{unit}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{say('institution.zone')}</dt>
        <dd>{timeZone.replaceAll('_', ' ')}</dd>
        <dt>{say('institution.people')}</dt>
        <dd>{people}</dd>
      </dl>
      {canEdit && (
        <p className="after-list">
          <ActionButton weight="quiet" size="small" icon="pencil" onClick={() => setIsEditing(true)}>
            {say('institution.edit')}
          </ActionButton>
        </p>
      )}
    </Card>
  )
}
