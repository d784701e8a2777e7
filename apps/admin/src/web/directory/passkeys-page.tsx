import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import {
  addPasskey,
  beginPasskey,
  listPasskeys,
  PasskeyName,
  removePasskey,
  renamePasskey,
  type PasskeySeen,
} from '@copractice/core/directory'
import {
  ActionButton,
  Card,
  ConfirmModal,
  EmptyState,
  Loaded,
  Notice,
  ProblemNotice,
  TimeText,
  useCall,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { AdminPage } from './admin-page.tsx'
import { usePasskeyRefusals, usePasskeyWords } from './say-passkey.ts'
import { useCeremony } from './use-ceremony.ts'

/** One's own passkeys: which there are, when each was used, and adding, renaming, removing them. */
export function PasskeysPage() {
  const say = usePasskeyWords()
  const refusals = usePasskeyRefusals()
  const passkeys = useRoute(listPasskeys, {})
  return (
    <AdminPage title={say('title')}>
      <Card title={say('title')}>
        <div className="stack">
          <p className="muted">{say('lede')}</p>
          <Loaded from={passkeys} what={say('title')} lines={3} sayRefusal={refusals}>
            {({ items }) =>
              items.length ? (
                <ul className="plain stack">
                  {items.map((passkey) => (
                    <li key={passkey.id}>
                      <OnePasskey passkey={passkey} />
                    </li>
                  ))}
                </ul>
              ) : (
                <EmptyState title={say('none')} icon="lock">
                  {say('noneText')}
                </EmptyState>
              )
            }
          </Loaded>
        </div>
      </Card>
      {!passkeys.error && (
        <Card title={say('addTitle')}>
          {browserSupportsWebAuthn() ? (
            <AddPasskey onAdded={() => void passkeys.refetch()} />
          ) : (
            <Notice tone="info">{say('noBrowser')}</Notice>
          )}
        </Card>
      )}
    </AdminPage>
  )
}

function OnePasskey({ passkey: { id, name, addedAt, lastUsedAt, isSynced } }: { passkey: PasskeySeen }) {
  const say = usePasskeyWords()
  const refusals = usePasskeyRefusals()
  const tell = useTell()
  const [isRenaming, setIsRenaming] = useState(false)
  const [isRemoving, setIsRemoving] = useState(false)
  const refreshes = [listPasskeys]
  const remove = useSend(removePasskey, { refreshes, onDone: () => tell({ text: say('removed', { name }) }) })
  if (isRenaming) return <RenamePasskey id={id} name={name} onDone={() => setIsRenaming(false)} />
  return (
    <>
      <strong>{name}</strong>
      <span className="small muted block">
        <Said text={say('added', { when: '\u0000' })} at={addedAt} />
        {' · '}
        {lastUsedAt ? <Said text={say('lastUsed', { when: '\u0000' })} at={lastUsedAt} /> : say('neverUsed')}
        {isSynced && ` · ${say('synced')}`}
      </span>
      {remove.error && <ProblemNotice problem={remove.error.problem} sayRefusal={refusals} />}
      <span className="row">
        <ActionButton weight="quiet" size="small" icon="pencil" onClick={() => setIsRenaming(true)}>
          {say('rename')}
          <span className="vh"> {say('about', { name })}</span>
        </ActionButton>
        <ActionButton weight="quiet" size="small" onClick={() => setIsRemoving(true)}>
          {say('remove')}
          <span className="vh"> {say('about', { name })}</span>
        </ActionButton>
      </span>
      <ConfirmModal
        isOpen={isRemoving}
        title={say('removeTitle', { name })}
        confirm={say('remove')}
        isBusy={remove.isPending}
        onClose={() => setIsRemoving(false)}
        onConfirm={() => {
          remove.mutate({ params: { passkeyId: id } })
          setIsRemoving(false)
        }}
      >
        <p>{say('removeText')}</p>
      </ConfirmModal>
    </>
  )
}

/** A sentence with a time in the place of its mark. */
function Said({ text, at }: { text: string; at: Date }) {
  const [before, after] = text.split('\u0000')
  return (
    <>
      {before}
      <TimeText at={at} />
      {after}
    </>
  )
}

function RenamePasskey({ id, name: before, onDone }: { id: string; name: string; onDone: () => void }) {
  const say = usePasskeyWords()
  const refusals = usePasskeyRefusals()
  const tell = useTell()
  const [name, setName] = useState(before)
  const isWrong = !PasskeyName.safeParse(name).success
  const done = () => {
    tell({ text: say('renamed', { name: name.trim() }) })
    onDone()
  }
  const rename = useSend(renamePasskey, { refreshes: [listPasskeys], onDone: done })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isWrong) rename.mutate({ params: { passkeyId: id }, body: { name: name.trim() } })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit}>
      <TextInput
        renderLabel={say('name')}
        value={name}
        onChange={(_event, value) => setName(value)}
        messages={isWrong ? [{ type: 'newError', text: say('nameNeeded') }] : []}
      />
      {rename.error && <ProblemNotice problem={rename.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" weight="quiet" icon="check" isBusy={rename.isPending}>
          {say('save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onDone}>
          {say('leave')}
        </ActionButton>
      </div>
    </form>
  )
}

function AddPasskey({ onAdded }: { onAdded: () => void }) {
  const say = usePasskeyWords()
  const refusals = usePasskeyRefusals()
  const tell = useTell()
  const call = useCall()
  const [name, setName] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const named = PasskeyName.safeParse(name)
  const { begin, isBusy, problem, unanswered } = useCeremony(async () => {
    const begun = await call(beginPasskey, {})
    if (!begun.ok) return begun.problem
    const { clientExtensionResults, ...rest } = await startRegistration({ optionsJSON: begun.value })
    const made = { ...rest, clientExtensionResults: { ...clientExtensionResults } }
    const added = await call(addPasskey, { body: { name: name.trim(), made } })
    if (!added.ok) return added.problem
    tell({ text: say('isAdded', { name: name.trim() }) })
    setName('')
    setIsAsked(false)
    onAdded()
    return null
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (named.success) void begin()
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit}>
      <TextInput
        renderLabel={say('name')}
        isRequired
        value={name}
        onChange={(_event, value) => setName(value)}
        messages={[
          isAsked && !named.success
            ? { type: 'newError', text: say('nameNeeded') }
            : { type: 'hint', text: say('nameHint') },
        ]}
      />
      {unanswered && (
        <Notice tone="info" live>
          {say(unanswered)}
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div>
        <ActionButton type="submit" icon="plus" isBusy={isBusy}>
          {say('add')}
        </ActionButton>
      </div>
    </form>
  )
}
