import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { NO_WISHES, register, type showPublicConvening } from '@copractice/core/convening'
import { AFFILIATIONS, EmailAddress, type Affiliation } from '@copractice/core/directory'
import type { ConveningSessionId, InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Notice, ProblemNotice, useSend, WishesFields } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useRefusals, useWords } from './say.ts'
import { SessionChoices } from './session-choices.tsx'
import { useWishWords } from './use-wish-words.ts'

type Convening = RouteOutput<typeof showPublicConvening>
const EMPTY = { name: '', email: '', institutionId: '', affiliation: '', interests: '', accessibility: '', dietary: '' }

/** The form to sign up. It says the same afterwards whether the address was known or new: only the mail tells. */
export function RegisterForm({ slug, convening }: { slug: string; convening: Convening }) {
  const say = useWords()
  const refusals = useRefusals()
  const wishWords = useWishWords(convening.timeZone)
  const [fields, setFields] = useState(EMPTY)
  const [sessions, setSessions] = useState<ReadonlySet<ConveningSessionId>>(new Set())
  const [wishes, setWishes] = useState(NO_WISHES)
  const [isAsked, setIsAsked] = useState(false)
  const send = useSend(register)
  const set = (name: keyof typeof EMPTY) => (_event: unknown, value: string) => setFields({ ...fields, [name]: value })
  const email = EmailAddress.safeParse(fields.email)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!fields.name.trim() || !email.success || !fields.institutionId || !fields.affiliation) return
    const { institutionId, affiliation, interests } = fields
    const body = {
      name: fields.name.trim(),
      email: email.data,
      institutionId: institutionId as InstitutionId,
      affiliation: affiliation as Affiliation,
      interests: interests.trim(),
      sessions: [...sessions],
      wishes,
      accessibility: fields.accessibility.trim(),
      dietary: fields.dietary.trim(),
    }
    send.mutate({ params: { slug }, body })
  }
  if (send.isSuccess) {
    return (
      <div role="status" className="stack">
        <h3>{say('public.doneTitle')}</h3>
        <p>{say('public.done', { email: fields.email.trim() })}</p>
        <ActionButton
          weight="quiet"
          onClick={() => {
            send.reset()
            setFields(EMPTY)
            setSessions(new Set())
            setWishes(NO_WISHES)
            setIsAsked(false)
          }}
        >
          {say('public.another')}
        </ActionButton>
      </div>
    )
  }
  const needed = (isMissing: boolean) =>
    isAsked && isMissing ? [{ type: 'newError' as const, text: say('form.needed') }] : []
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('public.title')}>
      {convening.registration === 'waitlist' && (
        <Notice tone="info">{say('public.full', { capacity: convening.capacity ?? 0 })}</Notice>
      )}
      <TextInput
        renderLabel={say('public.name')}
        isRequired
        autoComplete="name"
        value={fields.name}
        onChange={set('name')}
        messages={needed(!fields.name.trim())}
      />
      <TextInput
        renderLabel={say('public.email')}
        type="email"
        isRequired
        autoComplete="email"
        value={fields.email}
        onChange={set('email')}
        messages={[
          isAsked && !email.success
            ? { type: 'newError', text: say('public.emailNeeded') }
            : { type: 'hint', text: say('public.emailHint') },
        ]}
      />
      <Institutions
        institutions={convening.institutions}
        value={fields.institutionId}
        isMissing={isAsked && !fields.institutionId}
        onChange={(value) => set('institutionId')(null, value)}
      />
      <Choice
        id="affiliation"
        label={say('public.affiliation')}
        value={fields.affiliation}
        options={[
          ['', say('public.pick')],
          ...AFFILIATIONS.map((kind) => [kind, say(`public.affiliation.${kind}`)] as const),
        ]}
        onChange={(value) => set('affiliation')(null, value)}
        {...(isAsked && !fields.affiliation && { error: say('form.needed') })}
      />
      <TextArea
        label={say('public.interests')}
        value={fields.interests}
        onChange={(event) => set('interests')(null, event.target.value)}
        messages={[{ type: 'hint', text: say('public.interestsHint') }]}
      />
      <WishesFields wishes={wishes} words={wishWords} onChange={setWishes} />
      {convening.sessions.length > 0 && (
        <SessionChoices
          sessions={convening.sessions}
          timeZone={convening.timeZone}
          chosen={sessions}
          onChange={setSessions}
        />
      )}
      <TextArea
        label={say('public.accessibility')}
        value={fields.accessibility}
        onChange={(event) => set('accessibility')(null, event.target.value)}
        messages={[{ type: 'hint', text: say('public.needsHint') }]}
      />
      <TextInput renderLabel={say('public.dietary')} value={fields.dietary} onChange={set('dietary')} />
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <ActionButton type="submit" isBusy={send.isPending}>
        {say(convening.registration === 'waitlist' ? 'public.sendWait' : 'public.send')}
      </ActionButton>
    </form>
  )
}

function Institutions(props: {
  institutions: Convening['institutions']
  value: string
  isMissing: boolean
  onChange: (value: string) => void
}) {
  const say = useWords()
  const { institutions, value, isMissing, onChange } = props
  const group = (isCampus: boolean, label: string) => (
    <optgroup label={label}>
      {institutions
        .filter((one) => (one.kind === 'campus') === isCampus)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </optgroup>
  )
  return (
    <div className="field">
      <label htmlFor="institution">{say('public.institution')}</label>
      <select
        className="input"
        id="institution"
        value={value}
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? 'institution-hint' : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{say('public.pick')}</option>
        {group(true, say('public.campuses'))}
        {group(false, say('public.partners'))}
      </select>
      {isMissing && (
        <p className="hint hint-bad" id="institution-hint">
          {say('form.needed')}
        </p>
      )}
    </div>
  )
}
