import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { addConnection, listInstitutions, showInstitution } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend, useTell, useUiWords } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

const ADDRESSES = ['authorizationEndpoint', 'tokenEndpoint', 'jwksUri'] as const
const NAMES = ['issuer', 'clientId', 'deploymentId', ...ADDRESSES] as const
type Name = (typeof NAMES)[number]
const isAddress = (name: Name) => name === 'issuer' || ADDRESSES.some((other) => other === name)
const isFine = (name: Name, value: string) => (isAddress(name) ? /^https?:\/\/\S+\.?\S+$/.test(value) : value !== '')

/** Connects an LMS by its details, for one that cannot register itself. */
export function ConnectionForm({ institutionId, onClose }: { institutionId: InstitutionId; onClose: () => void }) {
  const say = useWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [profile, setProfile] = useState<'canvas' | 'moodle' | 'other'>('canvas')
  const [fields, setFields] = useState<Record<Name, string>>(
    () => Object.fromEntries(NAMES.map((name) => [name, ''])) as Record<Name, string>,
  )
  const form = useRef<HTMLFormElement>(null)
  const [timesAsked, setTimesAsked] = useState(0)
  // The form is longer than a phone is high: what needs another look comes into view.
  useEffect(() => {
    if (timesAsked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [timesAsked])
  const add = useSend(addConnection, {
    refreshes: [showInstitution, listInstitutions],
    onDone: () => {
      tell({ text: say('manual.saved') })
      onClose()
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setTimesAsked(timesAsked + 1)
    const body = Object.fromEntries(NAMES.map((name) => [name, fields[name].trim()])) as Record<Name, string>
    if (NAMES.every((name) => isFine(name, body[name]))) {
      add.mutate({ params: { institutionId }, body: { ...body, profile } })
    }
  }
  const messages = (name: Name) => {
    const value = fields[name].trim()
    if (timesAsked > 0 && !isFine(name, value)) {
      return [{ type: 'newError' as const, text: say(value && isAddress(name) ? 'manual.address' : 'manual.needed') }]
    }
    return name === 'issuer' ? [{ type: 'hint' as const, text: say(`manual.issuerHint.${profile}`) }] : []
  }
  return (
    <form ref={form} className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('manual.title')}>
      <p className="muted">{say('manual.lede')}</p>
      <div className="field">
        <label htmlFor="lms-profile">{say('manual.profile')}</label>
        <select
          className="input"
          id="lms-profile"
          value={profile}
          onChange={(event) => setProfile(event.target.value as 'canvas' | 'moodle' | 'other')}
        >
          {(['canvas', 'moodle', 'other'] as const).map((name) => (
            <option key={name} value={name}>
              {say(`profile.${name}`)}
            </option>
          ))}
        </select>
      </div>
      {NAMES.map((name) => (
        <TextInput
          key={name}
          renderLabel={say(`manual.${name}`)}
          isRequired
          value={fields[name]}
          messages={messages(name)}
          onChange={(_event, value) => setFields({ ...fields, [name]: value })}
        />
      ))}
      {add.error && <ProblemNotice problem={add.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={add.isPending}>
          {say('manual.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}
