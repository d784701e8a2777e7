import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import {
  addSignInDomain,
  confirmSignInDomain,
  removeSignInDomain,
  showInstitutionSignIn,
  type InstitutionSignInShown,
} from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ConfirmModal, ProblemNotice, useSend, useTell, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{ institutionId: InstitutionId; shown: InstitutionSignInShown }>
const refreshes = [showInstitutionSignIn]

/** The domains that the institution speaks for, and adding, confirming and removing them. */
export function DomainsPart({ institutionId, shown: { access, domains, settings, speaker } }: Props) {
  const say = useWords()
  const tell = useTell()
  const times = useTimes()
  const refusals = useRefusals()
  const [confirming, setConfirming] = useState<string | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const confirm = useSend(confirmSignInDomain, {
    refreshes,
    onDone: (_none, { params }) => tell({ text: say('domains.confirmedNow', { domain: params.domain }) }),
  })
  const remove = useSend(removeSignInDomain, {
    refreshes,
    onDone: (_none, { params }) => tell({ text: say('domains.removed', { domain: params.domain }) }),
  })
  const failed = confirm.error ?? remove.error
  return (
    <section className="stack" aria-labelledby="sign-in-domains">
      <h3 id="sign-in-domains">{say('domains.title')}</h3>
      <p className="muted">{say('domains.text')}</p>
      {domains.length === 0 && <p>{say('domains.none')}</p>}
      <ul className="plain stack">
        {domains.map(({ domain, confirmedAt }) => (
          <li key={domain} className="row between">
            <span className="wrap-anywhere">
              <strong>{domain}</strong>{' '}
              <span className="small muted">
                {confirmedAt ? say('domains.confirmed', { when: times.date(confirmedAt) }) : say('domains.waiting')}
              </span>
            </span>
            <span className="row">
              {!confirmedAt && access === 'all' && (
                <ActionButton size="small" onClick={() => setConfirming(domain)}>
                  {say('domains.confirm')}
                  <span className="vh"> {domain}</span>
                </ActionButton>
              )}
              {access !== 'read' && (
                <ActionButton
                  size="small"
                  weight="quiet"
                  isBusy={remove.isPending}
                  onClick={() =>
                    confirmedAt ? setRemoving(domain) : remove.mutate({ params: { institutionId, domain } })
                  }
                >
                  {say('domains.remove')}
                  <span className="vh"> {domain}</span>
                </ActionButton>
              )}
            </span>
          </li>
        ))}
      </ul>
      {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
      {access !== 'read' && <AddDomain institutionId={institutionId} speaker={speaker} />}
      <ConfirmModal
        isOpen={confirming !== null}
        title={say('domains.confirmTitle', { domain: confirming ?? '' })}
        confirm={say('domains.confirm')}
        isBusy={confirm.isPending}
        onClose={() => setConfirming(null)}
        onConfirm={() =>
          confirm.mutate(
            { params: { institutionId, domain: confirming! }, body: { speaker } },
            { onSettled: () => setConfirming(null) },
          )
        }
      >
        <p>{say('domains.confirmText', { domain: confirming ?? '' })}</p>
        <p className="wrap-anywhere">{settings?.issuer ?? say('none')}</p>
        {settings?.certificates.map(({ fingerprint }) => (
          <p key={fingerprint} className="breaks">
            {say('fingerprint', { fingerprint })}
          </p>
        ))}
      </ConfirmModal>
      <ConfirmModal
        isOpen={removing !== null}
        title={say('domains.removeTitle', { domain: removing ?? '' })}
        confirm={say('domains.remove')}
        isBusy={remove.isPending}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          remove.mutate({ params: { institutionId, domain: removing! } }, { onSettled: () => setRemoving(null) })
        }
      >
        <p>{say('domains.removeText', { domain: removing ?? '' })}</p>
        {settings?.isOn && domains.filter((one) => one.confirmedAt).length === 1 && <p>{say('domains.removeLast')}</p>}
      </ConfirmModal>
    </section>
  )
}

function AddDomain({ institutionId, speaker }: Pick<Props, 'institutionId'> & { speaker: string }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [domain, setDomain] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const add = useSend(addSignInDomain, {
    refreshes,
    onDone: (_none, { body }) => {
      tell({ text: say('domains.added', { domain: body.domain }) })
      setDomain('')
      setIsAsked(false)
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const body = { domain: domain.trim(), speaker }
    if (body.domain) add.mutate({ params: { institutionId }, body })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit}>
      <TextInput
        renderLabel={say('domains.name')}
        value={domain}
        autoComplete="off"
        onChange={(_event, value) => setDomain(value)}
        messages={[
          isAsked && !domain.trim()
            ? { type: 'newError', text: say('form.needed') }
            : { type: 'hint', text: say('domains.hint') },
        ]}
      />
      {add.error && <ProblemNotice problem={add.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton type="submit" weight="quiet" icon="plus" isBusy={add.isPending}>
          {say('domains.add')}
        </ActionButton>
      </div>
    </form>
  )
}
