import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { AFFILIATIONS, EmailAddress, type Affiliation } from '@copractice/core/directory'
import { showStart, startCommunity } from '@copractice/core/proposal'
import type { CallId, InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Loaded, PageTitle, ProblemNotice, Section, useRoute, useSend, useTimes } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { Networks, PublicPage, useNetworkAsked } from './communities-page.tsx'
import { useRefusals, useWords } from './say.ts'

type Offered = RouteOutput<typeof showStart>

/** Start your own: a short form; the mailed link proves the address and opens the draft. No account before. */
export function StartPage() {
  const say = useWords()
  const times = useTimes()
  const network = useNetworkAsked()
  const start = useRoute(showStart, { query: network ? { network } : {} })
  return (
    <PublicPage>
      <PageTitle {...(start.data?.network && { within: start.data.network.name })}>{say('start.title')}</PageTitle>
      <p>{say('start.text')}</p>
      <Loaded from={start} what={say('start.title')} lines={8}>
        {(offered) =>
          offered.network ? (
            <>
              {offered.calls.length > 0 && (
                <Section title={say('start.calls')}>
                  <ul className="plain stack">
                    {offered.calls.map(({ id, title, about, closesAt }) => (
                      <li key={id}>
                        <strong>{title}</strong>{' '}
                        <span className="muted small">{say('start.until', { date: times.date(closesAt) })}</span>
                        <p className="prewrap">{about}</p>
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              <Section title={say('start.form')} isCard>
                <StartForm network={offered.network.slug} offered={offered} />
              </Section>
            </>
          ) : (
            <Networks networks={offered.networks} path="/start" />
          )
        }
      </Loaded>
    </PublicPage>
  )
}

const EMPTY = { name: '', email: '', institutionId: '', affiliation: '', title: '', domain: '' }

function StartForm({ network, offered }: { network: string; offered: Offered }) {
  const say = useWords()
  const refusals = useRefusals()
  const [fields, setFields] = useState({ ...EMPTY, callId: offered.calls.length === 1 ? offered.calls[0]!.id : '' })
  const [isAsked, setIsAsked] = useState(false)
  const send = useSend(startCommunity)
  const email = EmailAddress.safeParse(fields.email)
  const set = (change: Partial<typeof EMPTY & { callId: string }>) => setFields((now) => ({ ...now, ...change }))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const { name, title, institutionId, affiliation, callId, domain } = fields
    if (!name.trim() || !title.trim() || !email.success || !institutionId || !affiliation) return
    const body = {
      network,
      callId: (callId || null) as CallId | null,
      name: name.trim(),
      email: email.data,
      institutionId: institutionId as InstitutionId,
      affiliation: affiliation as Affiliation,
      title: title.trim(),
      domain: domain.trim(),
    }
    send.mutate({ body })
  }
  if (send.isSuccess)
    return (
      <div role="status" className="stack">
        <h3>{say('start.doneTitle')}</h3>
        <p>{say('start.done', { email: fields.email.trim() })}</p>
      </div>
    )
  const needed = (isMissing: boolean) =>
    isAsked && isMissing ? [{ type: 'newError' as const, text: say('needed') }] : []
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('start.form')}>
      <TextInput
        renderLabel={say('start.titleField')}
        isRequired
        value={fields.title}
        onChange={(_event, title) => set({ title: title.slice(0, 120) })}
        messages={needed(!fields.title.trim())}
      />
      <TextArea
        label={say('start.domain')}
        value={fields.domain}
        onChange={(event) => set({ domain: event.target.value.slice(0, 4000) })}
        messages={[{ type: 'hint', text: say('start.domainHint') }]}
      />
      {offered.calls.length > 0 && (
        <Choice
          id="start-call"
          label={say('start.call')}
          value={fields.callId}
          options={[['', say('start.noCall')], ...offered.calls.map(({ id, title }) => [id, title] as const)]}
          onChange={(callId) => set({ callId })}
        />
      )}
      <TextInput
        renderLabel={say('start.name')}
        isRequired
        autoComplete="name"
        value={fields.name}
        onChange={(_event, name) => set({ name })}
        messages={needed(!fields.name.trim())}
      />
      <TextInput
        renderLabel={say('start.email')}
        type="email"
        isRequired
        autoComplete="email"
        value={fields.email}
        onChange={(_event, value) => set({ email: value })}
        messages={isAsked && !email.success ? [{ type: 'newError', text: say('emailNeeded') }] : []}
      />
      <Choice
        id="start-institution"
        label={say('start.institution')}
        value={fields.institutionId}
        options={[['', say('pick')], ...offered.institutions.map(({ id, name }) => [id, name] as const)]}
        onChange={(institutionId) => set({ institutionId })}
        {...(isAsked && !fields.institutionId && { error: say('needed') })}
      />
      <Choice
        id="start-affiliation"
        label={say('start.affiliation')}
        value={fields.affiliation}
        options={[['', say('pick')], ...AFFILIATIONS.map((kind) => [kind, say(`affiliation.${kind}`)] as const)]}
        onChange={(affiliation) => set({ affiliation })}
        {...(isAsked && !fields.affiliation && { error: say('needed') })}
      />
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <ActionButton type="submit" isBusy={send.isPending}>
        {say('start.send')}
      </ActionButton>
    </form>
  )
}
