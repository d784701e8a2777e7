import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import {
  saveInstitutionSignIn,
  showInstitutionSignIn,
  type InstitutionSignInDetails,
  type InstitutionSignInShown,
} from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend, useTell, useUiWords, type Given } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{
  institutionId: InstitutionId
  existing: InstitutionSignInShown['settings']
  onClose: () => void
}>
type Field = 'issuer' | 'clientId' | 'clientSecret' | 'metadata' | 'entityId' | 'ssoUrl' | 'certificates'
type How = 'oidc' | 'saml' | 'saml_by_hand'

const FIELDS: Record<How, readonly Field[]> = {
  oidc: ['issuer', 'clientId', 'clientSecret'],
  saml: ['metadata'],
  saml_by_hand: ['entityId', 'ssoUrl', 'certificates'],
}
const ADDRESSES: readonly Field[] = ['issuer', 'ssoUrl']
const LONG: readonly Field[] = ['metadata', 'certificates']
const MOST_CHARACTERS = 200_000

/** Who signs the institution's people in: an OpenID provider, or a SAML one by its metadata or by hand. */
export function ProviderForm({ institutionId, existing, onClose }: Props) {
  const say = useWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [how, setHow] = useState<How>(existing?.kind ?? 'oidc')
  const [isAsked, setIsAsked] = useState(false)
  const [isTooLarge, setIsTooLarge] = useState(false)
  const isSaml = existing?.kind === 'saml'
  const [fields, setFields] = useState<Record<Field, string>>({
    issuer: existing && !isSaml ? existing.issuer : '',
    clientId: existing?.clientId ?? '',
    clientSecret: '',
    metadata: '',
    entityId: isSaml ? existing.issuer : '',
    ssoUrl: existing?.ssoUrl ?? '',
    certificates: '',
  })
  const save = useSend(saveInstitutionSignIn, {
    refreshes: [showInstitutionSignIn],
    onDone: ({ withdrawn, endsOnly }) => {
      const saved = withdrawn ? say('form.savedWithdrawn', { count: String(withdrawn) }) : say('form.saved')
      tell({ text: endsOnly ? `${saved} ${say('form.endsOnly')}` : saved })
      onClose()
    },
  })
  /** What was said of one way says nothing of another. */
  const choose = (next: How) => {
    setHow(next)
    setIsAsked(false)
    save.reset()
  }
  const keepsSecret = existing?.kind === 'oidc'
  const problemOf = (name: Field): string | null => {
    const value = fields[name].trim()
    if (name === 'clientSecret' && keepsSecret) return null
    if (!value) return say('form.needed')
    return ADDRESSES.includes(name) && !/^https?:\/\/[^\s/]+\S*$/.test(value) ? say('form.address') : null
  }
  const hintOf = (name: Field): string | null => {
    if (name === 'clientSecret') return say(keepsSecret ? 'form.secretKeep' : 'form.secretHint')
    return name === 'issuer' || name === 'metadata' || name === 'certificates' ? say(`form.${name}Hint`) : null
  }
  const messages = (name: Field) => {
    const problem = isAsked ? problemOf(name) : null
    if (problem) return [{ type: 'newError' as const, text: problem }]
    const hint = hintOf(name)
    return hint ? [{ type: 'hint' as const, text: hint }] : []
  }
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (FIELDS[how].some((name) => problemOf(name))) return
    const given = { params: { institutionId }, body: bodyOf(how, fields) }
    save.mutate(given as Given<typeof saveInstitutionSignIn>)
  }
  const onFile = async (file: File | undefined) => {
    setIsTooLarge(file !== undefined && file.size > MOST_CHARACTERS)
    if (file && file.size <= MOST_CHARACTERS) setFields({ ...fields, metadata: await file.text() })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('form.title')}>
      <div className="field">
        <label htmlFor="sign-in-kind">{say('form.kind')}</label>
        <select
          className="input"
          id="sign-in-kind"
          value={how === 'oidc' ? 'oidc' : 'saml'}
          onChange={(event) => choose(event.target.value === 'oidc' ? 'oidc' : 'saml')}
        >
          <option value="oidc">{say('kind.oidc')}</option>
          <option value="saml">{say('kind.saml')}</option>
        </select>
      </div>
      {how !== 'oidc' && (
        <div className="field">
          <label htmlFor="sign-in-how">{say('form.how')}</label>
          <select
            className="input"
            id="sign-in-how"
            value={how}
            onChange={(event) => choose(event.target.value === 'saml' ? 'saml' : 'saml_by_hand')}
          >
            <option value="saml">{say('form.how.metadata')}</option>
            <option value="saml_by_hand">{say('form.how.hand')}</option>
          </select>
        </div>
      )}
      {FIELDS[how].map((name) =>
        LONG.includes(name) ? (
          <TextArea
            key={name}
            label={say(`form.${name}`)}
            required
            height="10rem"
            resize="vertical"
            value={fields[name]}
            messages={messages(name)}
            onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
          />
        ) : (
          <TextInput
            key={name}
            renderLabel={say(`form.${name}`)}
            isRequired={name !== 'clientSecret' || !keepsSecret}
            type={name === 'clientSecret' ? 'password' : 'text'}
            autoComplete="off"
            value={fields[name]}
            messages={messages(name)}
            onChange={(_event, value) => setFields({ ...fields, [name]: value })}
          />
        ),
      )}
      {how === 'saml' && (
        <div>
          <label className="btn btn-quiet file-pick">
            <span>{say('form.file')}</span>
            <input type="file" accept=".xml,text/xml" onChange={(event) => void onFile(event.target.files?.[0])} />
          </label>
          {isTooLarge && <p role="alert">{say('form.tooLarge')}</p>}
        </div>
      )}
      {existing && <p className="small muted">{say('form.asksAgain')}</p>}
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={save.isPending}>
          {say('form.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}

function bodyOf(how: How, fields: Record<Field, string>): InstitutionSignInDetails {
  const given = Object.fromEntries(FIELDS[how].map((name) => [name, fields[name].trim()])) as Record<Field, string>
  const { issuer, clientId, clientSecret, metadata, entityId, ssoUrl, certificates } = given
  if (how === 'oidc') return { kind: 'oidc', issuer, clientId, ...(clientSecret && { clientSecret }) }
  return how === 'saml' ? { kind: 'saml', metadata } : { kind: 'saml_by_hand', entityId, ssoUrl, certificates }
}
