import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { EmailAddress, grantRole, listRegionsKept, listRoles } from '@copractice/core/directory'
import type { InstitutionId, RegionId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { Choice } from './choice.tsx'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'
import { useMe } from './signed-in.tsx'
import { useEveryInstitution } from './use-every-institution.ts'

const ROLES = ['institution_admin', 'coordinator', 'support', 'network_admin'] as const
type Role = (typeof ROLES)[number]
const OF_REACH = { network: 4, regions: 2, institution: 1, proposals: 0 } as const

/** Gives a role within the reader's own reach to an address. */
export function GrantForm() {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const { reach, regions } = useMe()
  const { institutions, problem, retry } = useEveryInstitution()
  const [email, setEmail] = useState('')
  const [chosen, setChosen] = useState<Role>(ROLES[0])
  const [region, setRegion] = useState('')
  const [institution, setInstitution] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const regionId = (region || regions[0]?.id) as RegionId | undefined
  const institutionId = (institution || institutions?.[0]?.id) as InstitutionId | undefined
  // A role over something is offered where there is something to have it over.
  const isOffered = (one: Role) =>
    one === 'institution_admin' ? institutions?.length !== 0 : one !== 'coordinator' || regions.length > 0
  const roles = ROLES.slice(0, OF_REACH[reach]).filter(isOffered)
  const role = roles.includes(chosen) ? chosen : (roles[0] ?? chosen)
  const address = EmailAddress.safeParse(email)
  const grant = useSend(grantRole, {
    refreshes: [listRoles, listRegionsKept],
    onDone: () => {
      tell({ text: say('give.done', { email: email.trim() }) })
      setEmail('')
      setIsAsked(false)
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!address.success) return
    if (role === 'network_admin' || role === 'support')
      return grant.mutate({ body: { email: address.data, given: { role } } })
    if (role === 'coordinator' && regionId)
      return grant.mutate({ body: { email: address.data, given: { role, regionId } } })
    if (role === 'institution_admin' && institutionId)
      grant.mutate({ body: { email: address.data, given: { role, institutionId } } })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('give.title')}>
      <p className="muted">{say('give.text')}</p>
      <TextInput
        renderLabel={say('give.email')}
        type="email"
        isRequired
        value={email}
        onChange={(_event, value) => setEmail(value)}
        messages={isAsked && !address.success ? [{ type: 'newError', text: say('give.emailNeeded') }] : []}
      />
      <div className="two">
        <div>
          <Choice
            id="role"
            label={say('give.role')}
            value={role}
            options={roles.map((one) => [one, say(`role.${one}`)] as const)}
            onChange={(value) => setChosen(value as Role)}
          />
          <p className="hint">{say(`means.${role}`)}</p>
        </div>
        {role === 'coordinator' && (
          <Choice
            id="of-region"
            label={say('give.region')}
            value={regionId ?? ''}
            options={regions.map(({ id, name }) => [id, name] as const)}
            onChange={setRegion}
          />
        )}
        {role === 'institution_admin' && (
          <Choice
            id="of-institution"
            label={say('give.institution')}
            value={institutionId ?? ''}
            options={(institutions ?? []).map(({ id, name }) => [id, name] as const)}
            onChange={setInstitution}
          />
        )}
      </div>
      {role === 'institution_admin' && problem && <ProblemNotice problem={problem} onRetry={retry} />}
      {grant.error && <ProblemNotice problem={grant.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton type="submit" isBusy={grant.isPending}>
          {say('give.send')}
        </ActionButton>
      </div>
    </form>
  )
}
