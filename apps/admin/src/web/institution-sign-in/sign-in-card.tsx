import { useState } from 'react'
import { showInstitutionSignIn, type InstitutionSignInShown } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, Card, EmptyState, Loaded, Notice, useRoute, useTimes } from '@copractice/ui'
import { CopyValue } from '../connection/copy-value.tsx'
import { CheckPart } from './check-part.tsx'
import { DomainsPart } from './domains-part.tsx'
import { ForgetForm } from './forget-form.tsx'
import { ProviderForm } from './provider-form.tsx'
import { useRefusals, useSayTrouble, useWords } from './say.ts'
import { SwitchPart } from './switch-part.tsx'

type Props = Readonly<{ institutionId: InstitutionId; shown: InstitutionSignInShown }>

/** An institution's own sign-in: who signs its people in, for which domains, and how that goes. */
export function SignInCard({ institutionId }: Pick<Props, 'institutionId'>) {
  const say = useWords()
  const refusals = useRefusals()
  const asked = useRoute(showInstitutionSignIn, { params: { institutionId } })
  return (
    <Card title={say('title')}>
      <Loaded from={asked} what={say('title')} lines={4} sayRefusal={refusals}>
        {(shown) => <SignIn institutionId={institutionId} shown={shown} />}
      </Loaded>
    </Card>
  )
}

function SignIn({ institutionId, shown }: Props) {
  const say = useWords()
  const [isEditing, setIsEditing] = useState(false)
  const { access, settings } = shown
  if (isEditing) {
    return <ProviderForm institutionId={institutionId} existing={settings} onClose={() => setIsEditing(false)} />
  }
  if (!settings) {
    return (
      <div className="stack">
        <p className="muted">{say('lede')}</p>
        <EmptyState title={say('none')} icon="lock">
          {say(access === 'read' ? 'noneReader' : 'noneText')}
        </EmptyState>
        {access !== 'read' && (
          <div>
            <ActionButton weight="secondary" icon="plus" onClick={() => setIsEditing(true)}>
              {say('setUp')}
            </ActionButton>
          </div>
        )}
      </div>
    )
  }
  return (
    <div className="stack">
      <LastError settings={settings} />
      <Provider settings={settings} />
      {access !== 'read' && (
        <SwitchPart institutionId={institutionId} settings={settings} onEdit={() => setIsEditing(true)} />
      )}
      <DomainsPart institutionId={institutionId} shown={shown} />
      <Ours shown={shown} kind={settings.kind} />
      {access !== 'read' && <CheckPart institutionId={institutionId} />}
      {access === 'all' && <ForgetForm institutionId={institutionId} />}
    </div>
  )
}

type Settings = NonNullable<InstitutionSignInShown['settings']>

/** One that a later sign-in has answered is over. */
function LastError({ settings: { lastError, lastSignInAt } }: { settings: Settings }) {
  const say = useWords()
  const times = useTimes()
  const sayTrouble = useSayTrouble()
  if (!lastError || (lastSignInAt && lastSignInAt > lastError.at)) return null
  const { code, at, reference, detail } = lastError
  return (
    <Notice tone="warn">
      <p>
        <strong>{say('lastError.told')}</strong> {sayTrouble(code)}
      </p>
      {detail && <p className="small wrap-anywhere">{say('lastError.detail', { detail })}</p>}
      <p className="small muted">
        {say('lastError', { at: times.dateTime(at), reference })} <span className="rule-code">{code}</span>
      </p>
    </Notice>
  )
}

function Provider({ settings }: { settings: Settings }) {
  const say = useWords()
  const times = useTimes()
  const { kind, issuer, clientId, ssoUrl, certificates, isOn, isOnly, lastSignInAt } = settings
  const state = isOn ? (isOnly ? 'only' : 'on') : 'off'
  return (
    <dl className="detail">
      <dt>{say('kind')}</dt>
      <dd>
        {say(`kind.${kind}`)}. {say(`state.${state}`)}
      </dd>
      <dt>{say(kind === 'oidc' ? 'issuer' : 'entityId')}</dt>
      <dd className="wrap-anywhere">{issuer}</dd>
      {clientId && (
        <>
          <dt>{say('clientId')}</dt>
          <dd className="wrap-anywhere">{clientId}</dd>
          <dt>{say('secret')}</dt>
          <dd>{say('secret.kept')}</dd>
        </>
      )}
      {ssoUrl && (
        <>
          <dt>{say('ssoUrl')}</dt>
          <dd className="wrap-anywhere">{ssoUrl}</dd>
          <dt>{say('certificates')}</dt>
          <dd>
            {certificates.map(({ name, fingerprint, until }) => (
              <span key={fingerprint} className="block">
                {say('certificate', { name, until: times.date(until) })}
                <span className="breaks block">{say('fingerprint', { fingerprint })}</span>
              </span>
            ))}
          </dd>
        </>
      )}
      <dt>{say('lastSignIn')}</dt>
      <dd>{lastSignInAt ? times.dateTime(lastSignInAt) : say('lastSignIn.never')}</dd>
    </dl>
  )
}

function Ours({ shown: { ours }, kind }: Pick<Props, 'shown'> & Pick<Settings, 'kind'>) {
  const say = useWords()
  return (
    <section className="stack" aria-labelledby="sign-in-ours">
      <h3 id="sign-in-ours">{say('ours.title')}</h3>
      {kind === 'oidc' ? (
        <CopyValue label={say('ours.redirect')} value={ours.redirectUri} />
      ) : (
        <>
          <CopyValue label={say('ours.acs')} value={ours.acsUrl} />
          <CopyValue label={say('ours.entity')} value={ours.entityId} />
          <p>
            <a href={new URL(ours.metadataUrl).pathname} download="copractice-metadata.xml">
              {say('ours.metadata')}
            </a>
          </p>
        </>
      )}
      <p className="small muted">{say(kind === 'oidc' ? 'ours.oidcHint' : 'ours.samlHint')}</p>
    </section>
  )
}
