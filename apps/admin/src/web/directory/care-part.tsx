import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { exportPerson, removePerson, searchPeople } from '@copractice/core/directory'
import type { PersonId } from '@copractice/core/kernel'
import {
  ActionButton,
  Card,
  ConfirmModal,
  ProblemNotice,
  saveFile,
  useCall,
  useGoTo,
  useSend,
  useTell,
} from '@copractice/ui'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

/** What is kept about somebody, to hand out or to remove. For network admins. */
export function CarePart({ personId, name, mayRemove }: { personId: PersonId; name: string; mayRemove: boolean }) {
  const say = usePeopleWords()
  const call = useCall()
  const tell = useTell()
  const [isRemoving, setIsRemoving] = useState(false)
  const save = async () => {
    const answer = await call(exportPerson, { params: { personId } })
    if (!answer.ok) return tell({ text: say('care.notSaved') })
    saveFile(new Blob([JSON.stringify(answer.value, null, 2)], { type: 'application/json' }), 'person.json')
  }
  return (
    <Card title={say('care.title')}>
      <div className="stack">
        <p className="muted">{say('care.text')}</p>
        <div className="row">
          <ActionButton weight="quiet" icon="document" onClick={() => void save()}>
            {say('care.export')}
          </ActionButton>
          {mayRemove && (
            <ActionButton weight="quiet" icon="cross" onClick={() => setIsRemoving(true)}>
              {say('care.remove')}
            </ActionButton>
          )}
        </div>
        {isRemoving && <Remove personId={personId} name={name} onClose={() => setIsRemoving(false)} />}
      </div>
    </Card>
  )
}

function Remove({ personId, name, onClose }: { personId: PersonId; name: string; onClose: () => void }) {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const goTo = useGoTo()
  const [reason, setReason] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const remove = useSend(removePerson, {
    refreshes: [searchPeople],
    onDone: () => {
      tell({ text: say('care.removed') })
      goTo('/people')
    },
  })
  const send = () => {
    setIsAsked(true)
    if (reason.trim()) remove.mutate({ params: { personId }, body: { reason: reason.trim() } })
  }
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <ConfirmModal
      isOpen
      title={say('care.removeTitle', { name })}
      confirm={say('care.remove')}
      isBusy={remove.isPending}
      onConfirm={send}
      onClose={onClose}
    >
      <p>{say('care.removeText')}</p>
      <form onSubmit={onSubmit}>
        <TextInput
          renderLabel={say('care.reason')}
          value={reason}
          onChange={(_event, value) => setReason(value)}
          messages={[
            isAsked && !reason.trim()
              ? { type: 'newError', text: say('needed') }
              : { type: 'hint', text: say('care.reasonHint') },
          ]}
        />
      </form>
      {remove.error && <ProblemNotice problem={remove.error.problem} sayRefusal={refusals} />}
    </ConfirmModal>
  )
}
