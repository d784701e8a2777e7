import { useState } from 'react'
import { showConnection } from '@copractice/core/connection'
import { listInstitutions, setConnectionStatus, showAdminHome, showInstitution } from '@copractice/core/directory'
import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import { ActionButton, ConfirmModal, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { useMe } from '../directory/signed-in.tsx'
import { useRefusals, useWords } from './say.ts'

const refreshes = [showInstitution, showConnection, listInstitutions, showAdminHome]

type Props = Readonly<{
  institutionId: InstitutionId
  platformId: PlatformId
  issuer: string
  /** Tells it from another of the same issuer. */
  clientId: string
  status: 'parked' | 'active' | 'disabled'
}>

/** Confirms a connection that waits, switches one on, and off after asking once more. */
export function SwitchConnection({ institutionId, platformId, issuer, clientId, status }: Props) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const [isAsked, setIsAsked] = useState(false)
  const send = useSend(setConnectionStatus, { refreshes })
  const set = (next: 'active' | 'disabled') =>
    send.mutate(
      { params: { institutionId, platformId }, body: { status: next } },
      { onSuccess: () => tell({ text: say(`changed.${next}`, { issuer }) }), onSettled: () => setIsAsked(false) },
    )
  if (isReadOnly) return null
  return (
    <>
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <div className="row">
        {status !== 'active' && (
          <ActionButton
            size="small"
            weight={status === 'parked' ? 'primary' : 'secondary'}
            isBusy={send.isPending}
            onClick={() => set('active')}
          >
            {say(status === 'parked' ? 'confirm' : 'enable')}
          </ActionButton>
        )}
        {status !== 'disabled' && (
          <ActionButton size="small" weight="quiet" onClick={() => setIsAsked(true)}>
            {say('disable')}
          </ActionButton>
        )}
      </div>
      <ConfirmModal
        isOpen={isAsked}
        title={say('disable.title')}
        confirm={say('disable')}
        weight="bad"
        isBusy={send.isPending}
        onClose={() => setIsAsked(false)}
        onConfirm={() => set('disabled')}
      >
        <p>{say('which', { issuer, clientId })}</p>
        <p>{say('disable.text')}</p>
      </ConfirmModal>
    </>
  )
}
