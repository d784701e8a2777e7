import type { ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import { showProposal, type ProposalShown } from '@copractice/core/proposal'
import type { ProposalId } from '@copractice/core/kernel'
import { AppLink, Loaded, SaveState, useNow, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { DecidePart } from './decide-part.tsx'
import { DraftForm } from './draft-form.tsx'
import { HelpPart } from './help-part.tsx'
import { HistoryPart, KitPart, MadePart, SaidPart } from './history-part.tsx'
import { InvitedPart } from './invited-part.tsx'
import './proposal.css'
import { ReadPart } from './read-part.tsx'
import { MakesPart, RulesPart } from './rules-part.tsx'
import { useRefusals, useWords } from './say.ts'
import { SendPart, WithdrawPart } from './send-part.tsx'
import { ProposalStatusWord } from './status-word.tsx'
import { useSharedDraft } from './use-shared-draft.ts'

const LOOKS_AGAIN_MS = 10_000
const WRITING_MS = 90_000

/** One proposal: to write while it is its authors', to read and decide on once it was sent. */
export function ProposalPage() {
  const say = useWords()
  const refusals = useRefusals()
  const proposalId = useParams({ strict: false }).proposalId as ProposalId
  const proposal = useRoute(showProposal, { params: { proposalId } }, { everyMs: LOOKS_AGAIN_MS })
  return (
    <AdminPage title={proposal.data?.body.title.trim() || say('untitled')}>
      <Loaded from={proposal} what={say('title')} lines={10} sayRefusal={refusals}>
        {(shown) =>
          shown.invitation ? (
            <Invited shown={shown} byName={shown.invitation.byName} />
          ) : shown.can.write ? (
            <Writing key={shown.id} shown={shown} />
          ) : (
            <Reading key={shown.id} shown={shown} />
          )
        }
      </Loaded>
    </AdminPage>
  )
}

function Head({ shown, children }: { shown: ProposalShown; children?: ReactNode }) {
  const say = useWords()
  const times = useTimes()
  const { call } = shown
  return (
    <div className="row between">
      <p className="small">
        <AppLink href="/proposals">{say('title')}</AppLink>{' '}
        <span className="muted">
          / {call ? say('draft.call', { title: call.title, date: times.date(call.closesAt) }) : say('draft.noCall')}
        </span>
      </p>
      <p className="row">
        {children}
        <ProposalStatusWord status={shown.status} />
      </p>
    </div>
  )
}

function Invited({ shown, byName }: { shown: ProposalShown; byName: string | null }) {
  return (
    <>
      <Head shown={shown} />
      <div className="stack">
        <InvitedPart proposalId={shown.id} byName={byName} />
        <ReadPart shown={shown} />
      </div>
    </>
  )
}

function Writing({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const refusals = useRefusals()
  const { email } = useMe()
  const writing = useSharedDraft(shown, email, (code) => refusals(code, {}) ?? code)
  return (
    <>
      <Head shown={shown}>
        <SaveState status={writing.status} />
        <OtherWriter shown={shown} />
      </Head>
      <div className="proposal-lay">
        <div className="stack">
          <SaidPart shown={shown} />
          <DraftForm shown={shown} writing={writing} />
          <SendPart shown={shown} writing={writing} />
        </div>
        <aside className="proposal-side" aria-label={say('rules.title')}>
          <RulesPart
            title={say('rules.title')}
            findings={writing.findings}
            body={writing.body}
            onFix={(change) => writing.set(change)}
          />
          <MakesPart body={writing.body} people={shown.people} />
          <HelpPart shown={shown} />
          <KitPart shown={shown} />
          <HistoryPart shown={shown} />
        </aside>
      </div>
    </>
  )
}

/** Who else has saved in the last minute and a half. */
function OtherWriter({ shown: { savedBy, savedAt } }: { shown: ProposalShown }) {
  const say = useWords()
  const { name } = useMe()
  const now = useNow(LOOKS_AGAIN_MS)
  const isOther = savedBy?.name && savedBy.name !== name && now.getTime() - savedAt.getTime() < WRITING_MS
  return isOther ? <span className="small muted">{say('draft.writing', { who: savedBy.name! })}</span> : null
}

function Reading({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  return (
    <>
      <Head shown={shown} />
      <div className="proposal-lay">
        <div className="stack">
          <MadePart shown={shown} />
          <SaidPart shown={shown} />
          <ReadPart shown={shown} />
          {shown.can.decide && <DecidePart shown={shown} />}
          {shown.can.withdraw && <WithdrawPart shown={shown} />}
        </div>
        <aside className="proposal-side" aria-label={say('rules.reviewTitle')}>
          {(shown.status === 'submitted' || shown.status === 'draft' || shown.status === 'changes_asked') && (
            <RulesPart title={say('rules.reviewTitle')} findings={shown.findings} body={shown.body} />
          )}
          {shown.can.decide && <MakesPart body={shown.body} people={shown.people} />}
          <HelpPart shown={shown} />
          <KitPart shown={shown} />
          <HistoryPart shown={shown} />
        </aside>
      </div>
    </>
  )
}
