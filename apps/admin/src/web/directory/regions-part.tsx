import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { addRegion, listRegionsKept, renameRegion, whoAdministers } from '@copractice/core/directory'
import type { RegionId } from '@copractice/core/kernel'
import { ActionButton, Card, EmptyState, Loaded, ProblemNotice, useRoute, useSend, useTell } from '@copractice/ui'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

/** The regions with who coordinates them; making and renaming them. */
export function RegionsPart() {
  const say = usePeopleWords()
  const regions = useRoute(listRegionsKept, {})
  const [renaming, setRenaming] = useState<RegionId | null>(null)
  return (
    <Card title={say('regions.title')}>
      <Loaded from={regions} what={say('regions.title')} lines={4}>
        {(kept) => (
          <div className="stack">
            <p className="muted">{say('regions.text')}</p>
            {kept.regions.length === 0 && <EmptyState title={say('regions.none')} icon="flag" />}
            <ul className="plain stack">
              {kept.regions.map(({ id, name, institutions, coordinators, mayRename }) => (
                <li key={id}>
                  {renaming === id ? (
                    <RegionForm existing={{ id, name }} onDone={() => setRenaming(null)} />
                  ) : (
                    <>
                      <strong>{name}</strong>{' '}
                      <span className="small muted">{say('regions.count', { count: institutions })}</span>
                      <span className="small block">
                        {coordinators.length
                          ? say('regions.coordinators', {
                              names: coordinators.map((one) => one.name ?? one.email ?? '—').join(', '),
                            })
                          : say('regions.nobody')}
                      </span>
                      {mayRename && (
                        <ActionButton weight="quiet" size="small" icon="pencil" onClick={() => setRenaming(id)}>
                          {say('regions.rename')}
                          <span className="vh"> {say('regions.renameOf', { name })}</span>
                        </ActionButton>
                      )}
                    </>
                  )}
                </li>
              ))}
            </ul>
            {kept.mayAdd && <RegionForm onDone={() => {}} />}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function RegionForm({ existing, onDone }: { existing?: { id: RegionId; name: string }; onDone: () => void }) {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const [name, setName] = useState(existing?.name ?? '')
  const [isAsked, setIsAsked] = useState(false)
  const refreshes = [listRegionsKept, whoAdministers]
  const done = () => {
    tell({ text: say('regions.saved', { name: name.trim() }) })
    setIsAsked(false)
    if (!existing) setName('')
    onDone()
  }
  const add = useSend(addRegion, { refreshes, onDone: done })
  const rename = useSend(renameRegion, { refreshes, onDone: done })
  const sending = existing ? rename : add
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const body = { name: name.trim() }
    if (!body.name) return
    if (existing) rename.mutate({ params: { regionId: existing.id }, body })
    else add.mutate({ body })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit}>
      <TextInput
        renderLabel={say('regions.name')}
        value={name}
        onChange={(_event, value) => setName(value)}
        messages={isAsked && !name.trim() ? [{ type: 'newError', text: say('needed') }] : []}
      />
      {sending.error && <ProblemNotice problem={sending.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton type="submit" weight="quiet" icon={existing ? 'check' : 'plus'} isBusy={sending.isPending}>
          {say(existing ? 'regions.save' : 'regions.add')}
        </ActionButton>
      </div>
    </form>
  )
}
