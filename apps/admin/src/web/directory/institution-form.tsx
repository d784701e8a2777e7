import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import {
  addInstitution,
  editInstitution,
  listInstitutions,
  showAdminHome,
  showInstitution,
  InstitutionKind,
  type InstitutionDetails,
} from '@copractice/core/directory'
import type { InstitutionId, RegionId } from '@copractice/core/kernel'
import { ActionButton, knownZones, ProblemNotice, useSend, useTell, useUiWords } from '@copractice/ui'
import { Choice } from './choice.tsx'
import { useRefusals, useWords } from './say.ts'
import { useMe } from './signed-in.tsx'

const refreshes = [listInstitutions, showInstitution, showAdminHome]
type Existing = Readonly<{ id: InstitutionId; details: InstitutionDetails }>

/** Adds an institution, or changes one. */
export function InstitutionForm({ existing, onClose }: { existing?: Existing; onClose: () => void }) {
  const say = useWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const { regions, network, reach } = useMe()
  const [fields, setFields] = useState<InstitutionDetails>(
    () =>
      existing?.details ?? {
        name: '',
        kind: 'campus',
        regionId: regions[0]?.id ?? null,
        timeZone: network.timeZone,
        memberSince: new Date().toISOString().slice(0, 10),
      },
  )
  const [units, setUnits] = useState(() => existing?.details.units?.join('\n') ?? '')
  const [isAsked, setIsAsked] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  // What opened it may be gone.
  useEffect(() => name.current?.focus(), [])
  const { memberSince, memberUntil } = fields
  const isEndWrong = Boolean(memberSince && memberUntil && memberUntil < memberSince)
  const onDone = () => {
    tell({ text: say('institution.saved', { name: fields.name }) })
    onClose()
  }
  const add = useSend(addInstitution, { refreshes, onDone })
  const edit = useSend(editInstitution, { refreshes, onDone })
  const sending = existing ? edit : add
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const body = {
      ...fields,
      name: fields.name.trim(),
      memberSince: fields.kind === 'campus' ? fields.memberSince : null,
      memberUntil: fields.kind === 'campus' && fields.memberSince ? (fields.memberUntil ?? null) : null,
      units: [...new Set(units.split('\n').map((unit) => unit.trim()))].filter(Boolean),
    }
    if (!body.name || isEndWrong) return
    if (existing) edit.mutate({ params: { institutionId: existing.id }, body })
    else add.mutate({ body })
  }
  const set = (change: Partial<InstitutionDetails>) => setFields({ ...fields, ...change })
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('institution.details')}>
      <TextInput
        renderLabel={say('institution.name')}
        isRequired
        inputRef={(field) => {
          name.current = field
        }}
        value={fields.name}
        onChange={(_event, value) => set({ name: value })}
        messages={isAsked && !fields.name.trim() ? [{ type: 'newError', text: say('needed') }] : []}
      />
      <div className="two">
        <Choice
          id="kind"
          label={say('institution.kind')}
          value={fields.kind}
          options={InstitutionKind.options.map((kind) => [kind, say(`kind.${kind}`)] as const)}
          onChange={(kind) => set({ kind: kind as InstitutionDetails['kind'] })}
        />
        <Choice
          id="region"
          label={say('institution.region')}
          value={fields.regionId ?? ''}
          options={[
            ...regions.map(({ id, name }) => [id, name] as const),
            ...(reach === 'network' ? [['', say('institution.noRegion')] as const] : []),
          ]}
          onChange={(id) => set({ regionId: (id || null) as RegionId | null })}
        />
      </div>
      <div className="two">
        <Choice
          id="zone"
          label={say('institution.zone')}
          value={fields.timeZone}
          options={knownZones().map((zone) => [zone, zone.replaceAll('_', ' ')] as const)}
          onChange={(timeZone) => set({ timeZone })}
        />
        {fields.kind === 'campus' && (
          <div className="field">
            <label htmlFor="since">{say('institution.since')}</label>
            <input
              id="since"
              className="input"
              type="date"
              value={fields.memberSince ?? ''}
              aria-describedby="since-hint"
              onChange={(event) => set({ memberSince: event.target.value || null })}
            />
            <p className="hint" id="since-hint">
              {say('institution.sinceHint')}
            </p>
          </div>
        )}
      </div>
      {fields.kind === 'campus' && fields.memberSince && (
        <div className="field">
          <label htmlFor="until">{say('institution.until')}</label>
          <input
            id="until"
            className="input"
            type="date"
            value={fields.memberUntil ?? ''}
            min={fields.memberSince}
            aria-describedby="until-hint"
            aria-invalid={isEndWrong || undefined}
            onChange={(event) => set({ memberUntil: event.target.value || null })}
          />
          <p className={isEndWrong ? 'hint hint-bad' : 'hint'} id="until-hint">
            {say(isEndWrong ? 'institution.untilWrong' : 'institution.untilHint')}
          </p>
        </div>
      )}
      <div className="field">
        <label htmlFor="units">{say('institution.units')}</label>
        <textarea
          id="units"
          className="input"
          rows={3}
          value={units}
          aria-describedby="units-hint"
          onChange={(event) => setUnits(event.target.value)}
        />
        <p className="hint" id="units-hint">
          {say('institution.unitsHint')}
        </p>
      </div>
      {sending.error && <ProblemNotice problem={sending.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={sending.isPending}>
          {say(existing ? 'institution.save' : 'institution.add')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}
