import { useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { useParams } from '@tanstack/react-router'
import { AFFILIATIONS, type Affiliation } from '@copractice/core/directory'
import type { InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { applyToFacilitate, showApply } from '@copractice/core/proposal'
import {
  ActionButton,
  AppLink,
  BrandMark,
  EmptyState,
  Loaded,
  PageTitle,
  ProblemNotice,
  Section,
  SkipLink,
  useRoute,
  useSend,
  ZoneProvider,
} from '@copractice/ui'
import { Choice } from '../../directory/choice.tsx'
import { DetailsFields, detailsOf, emptyDetails } from './details-fields.tsx'
import { usePairingRefusals, usePairingWords } from './say-pairing.ts'

type Offered = RouteOutput<typeof showApply>

/** Where anybody offers to facilitate: no account; a mail says how to come back. */
export function ApplyPage() {
  const say = usePairingWords()
  const { network } = useParams({ strict: false })
  const offered = useRoute(showApply, { query: { ...(network && { network }) } })
  return (
    <ZoneProvider zone={null}>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        <PageTitle within={offered.data?.network?.name ?? 'Copractice'}>{say('apply.title')}</PageTitle>
        <Loaded from={offered} what={say('apply.loading')} lines={8}>
          {(found) =>
            found.network ? <Form offered={found} network={found.network} /> : <ChooseNetwork offered={found} />
          }
        </Loaded>
      </main>
    </ZoneProvider>
  )
}

function ChooseNetwork({ offered }: { offered: Offered }) {
  const say = usePairingWords()
  if (!offered.networks.length) {
    return (
      <EmptyState title={say('apply.none')} icon="search">
        {say('apply.noneText')}
      </EmptyState>
    )
  }
  return (
    <Section title={say('apply.choose')} isCard>
      <ul className="plain stack">
        {offered.networks.map(({ name, slug }) => (
          <li key={slug}>
            <AppLink href={`/facilitate/${slug}`}>{name}</AppLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Form({ offered, network }: { offered: Offered; network: NonNullable<Offered['network']> }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const [who, setWho] = useState({
    name: '',
    email: '',
    institutionId: offered.institutions[0]?.id ?? '',
    affiliation: 'staff',
  })
  const [text, setText] = useState(emptyDetails)
  const [isAsked, setIsAsked] = useState(false)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const apply = useSend(applyToFacilitate, { onDone: (_value, { body }) => setSentTo(body.email) })
  const isAddress = /^\S+@\S+\.\S+$/.test(who.email.trim())
  const send = () => {
    setIsAsked(true)
    const details = detailsOf(text)
    if (!details || !who.name.trim() || !isAddress) return
    apply.mutate({
      body: {
        ...details,
        network: network.slug,
        name: who.name.trim(),
        email: who.email.trim().toLowerCase(),
        institutionId: who.institutionId as InstitutionId,
        affiliation: who.affiliation as Affiliation,
      },
    })
  }
  if (sentTo) {
    return (
      <Section title={say('apply.sent')} isCard>
        <p role="status">{say('apply.sentText', { email: sentTo })}</p>
      </Section>
    )
  }
  const wrong = (holds: boolean, words: string) =>
    isAsked && holds ? [{ type: 'newError' as const, text: words }] : []
  return (
    <>
      <p className="voice">{say('apply.lead')}</p>
      <Section title={network.name} isCard>
        <div className="fields-group">
          <TextInput
            renderLabel={say('apply.name')}
            isRequired
            value={who.name}
            onChange={(_event, name) => setWho((now) => ({ ...now, name: name.slice(0, 200) }))}
            messages={wrong(!who.name.trim(), say('needed'))}
          />
          <TextInput
            renderLabel={say('apply.email')}
            type="email"
            isRequired
            value={who.email}
            onChange={(_event, email) => setWho((now) => ({ ...now, email }))}
            messages={
              isAsked && !isAddress
                ? wrong(true, say('apply.emailWrong'))
                : [{ type: 'hint', text: say('apply.emailHint') }]
            }
          />
          <div className="two">
            <Choice
              id="institution"
              label={say('apply.institution')}
              value={who.institutionId}
              options={offered.institutions.map(({ id, name }) => [id, name] as const)}
              onChange={(institutionId) => setWho((now) => ({ ...now, institutionId }))}
            />
            <Choice
              id="affiliation"
              label={say('apply.affiliation')}
              value={who.affiliation}
              options={AFFILIATIONS.map((kind) => [kind, say(`affiliation.${kind}`)] as const)}
              onChange={(affiliation) => setWho((now) => ({ ...now, affiliation }))}
            />
          </div>
          <DetailsFields
            text={text}
            areas={offered.areas}
            isAsked={isAsked}
            onChange={(change) => setText((now) => ({ ...now, ...change }))}
          />
          {apply.error && <ProblemNotice problem={apply.error.problem} sayRefusal={refusals} />}
          <ActionButton isBusy={apply.isPending} onClick={send}>
            {say('apply.send')}
          </ActionButton>
        </div>
      </Section>
    </>
  )
}
