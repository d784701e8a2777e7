import { useState } from 'react'
import {
  removeInstitutionSignIn,
  showInstitutionSignIn,
  switchInstitutionSignIn,
  type InstitutionSignInShown,
} from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ConfirmModal, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{
  institutionId: InstitutionId
  settings: NonNullable<InstitutionSignInShown['settings']>
  onEdit: () => void
}>
const refreshes = [showInstitutionSignIn]

/** On, off, the only way, changed or removed. What signs people out is asked once more. */
export function SwitchPart({ institutionId, settings: { isOn, isOnly }, onEdit }: Props) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [asked, setAsked] = useState<'switchOff' | 'remove' | null>(null)
  const params = { institutionId }
  const turn = useSend(switchInstitutionSignIn, {
    refreshes,
    onDone: (_none, { body }) => {
      if (body.isOn !== isOn) tell({ text: say(body.isOn ? 'switched.on' : 'switched.off') })
      else tell({ text: say(body.isOnly ? 'only.on' : 'only.off') })
    },
  })
  const remove = useSend(removeInstitutionSignIn, { refreshes, onDone: () => tell({ text: say('removed') }) })
  const failed = turn.error ?? remove.error
  const close = { onSettled: () => setAsked(null) }
  return (
    <div className="stack">
      {isOn && (
        <label className="tick-line">
          <input
            className="tick"
            type="checkbox"
            checked={isOnly}
            disabled={turn.isPending}
            onChange={(event) => turn.mutate({ params, body: { isOn, isOnly: event.target.checked } })}
          />
          <span>
            {say('only')}
            <span className="small muted block">{say('only.text')}</span>
          </span>
        </label>
      )}
      {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
      <div className="row">
        {isOn ? (
          <ActionButton size="small" weight="quiet" onClick={() => setAsked('switchOff')}>
            {say('switchOff')}
          </ActionButton>
        ) : (
          <ActionButton
            size="small"
            isBusy={turn.isPending}
            onClick={() => turn.mutate({ params, body: { isOn: true, isOnly: false } })}
          >
            {say('switchOn')}
          </ActionButton>
        )}
        <ActionButton size="small" weight="quiet" icon="pencil" onClick={onEdit}>
          {say('edit')}
        </ActionButton>
        <ActionButton size="small" weight="bad" onClick={() => setAsked('remove')}>
          {say('remove')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={asked !== null}
        title={say(asked === 'remove' ? 'remove.title' : 'switchOff.title')}
        confirm={say(asked === 'remove' ? 'remove' : 'switchOff')}
        weight="bad"
        isBusy={turn.isPending || remove.isPending}
        onClose={() => setAsked(null)}
        onConfirm={() =>
          asked === 'remove'
            ? remove.mutate({ params }, close)
            : turn.mutate({ params, body: { isOn: false, isOnly: false } }, close)
        }
      >
        <p>{say(asked === 'remove' ? 'remove.text' : 'switchOff.text')}</p>
      </ConfirmModal>
    </div>
  )
}
