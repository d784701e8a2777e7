import { useState } from 'react'
import { useRouterState } from '@tanstack/react-router'
import { createCohortFromDraft, listCohorts } from '@copractice/core/cohort'
import { searchPeople, showAdminHome } from '@copractice/core/directory'
import { Card, drop, ProblemNotice, TextButton, useGoTo, useSend, useTell } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { RegionFirst } from '../directory/region-first.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { ComposeAbout } from './compose-about.tsx'
import { draftOf, missingOf, useComposing, type Composing } from './compose-draft.ts'
import { ComposeMeetings } from './compose-meetings.tsx'
import { ComposePeople } from './compose-people.tsx'
import { ComposeSummary } from './compose-summary.tsx'
import { useFindings } from './use-findings.ts'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

/** Composes a cohort across campuses: what, who, when, with the rules live beside it. */
export function ComposePage() {
  const say = useWords()
  const me = useMe()
  const convening = useRouterState({
    select: ({ location }) => new URLSearchParams(location.searchStr).get('convening') ?? '',
  })
  const start: Composing = {
    name: '',
    theme: '',
    zone: me.network.timeZone,
    regionId: me.regions[0]?.id ?? '',
    conveningId: convening,
    deadline: '',
    people: [],
    meetings: [],
  }
  const key = `copractice.compose.${me.network.id}.${convening}`
  const [round, setRound] = useState(0)
  const startOver = () => {
    drop(key)
    setRound(round + 1)
  }
  if (!me.regions.length) {
    return (
      <AdminPage title={say('new')}>
        <Card title={say('new')}>
          <RegionFirst />
        </Card>
      </AdminPage>
    )
  }
  return <Composer key={`${key} ${round}`} keptAs={key} start={start} onStartOver={startOver} />
}

function Composer({ keptAs, start, onStartOver }: { keptAs: string; start: Composing; onStartOver: () => void }) {
  const say = useWords()
  const tell = useTell()
  const goTo = useGoTo()
  const refusals = useRefusals()
  const { composing, set, change, forget } = useComposing(keptAs, start)
  const [reason, setReason] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const draft = draftOf(composing)
  const check = useFindings(draft)
  const missing = missingOf(composing)
  const create = useSend(createCohortFromDraft, { refreshes: [listCohorts, showAdminHome, searchPeople] })
  const send = () => {
    setIsAsked(true)
    if (missing.length) return
    create.mutate(
      { body: { ...draft, reason: reason.trim() || null } },
      {
        onSuccess: ({ id, invited }) => {
          forget()
          tell({ text: say('created', { name: draft.name, count: invited }) })
          goTo(`/cohorts/${id}`)
        },
      },
    )
  }
  const sendToWaitlist = (ids: readonly string[]) =>
    set({
      people: composing.people.map((one) => (ids.includes(one.personId) ? { ...one, isWaitlisted: true } : one)),
    })
  return (
    <AdminPage title={say('new')}>
      <div className="two-thirds">
        <div>
          <Card
            title={say('about')}
            aside={
              (composing.name || composing.people.length > 0) && (
                <TextButton onClick={onStartOver}>{say('startOver')}</TextButton>
              )
            }
          >
            <ComposeAbout composing={composing} set={set} isAsked={isAsked} />
          </Card>
          <Card title={say('people')}>
            <ComposePeople composing={composing} set={set} />
          </Card>
          <Card title={say('meetings')}>
            <ComposeMeetings composing={composing} set={set} change={change} isAsked={isAsked} />
          </Card>
        </div>
        <ComposeSummary
          composing={composing}
          check={check}
          missing={isAsked ? missing : []}
          reason={reason}
          onReason={setReason}
          onWaitlist={sendToWaitlist}
          isBusy={create.isPending}
          onCreate={send}
        >
          {create.error && <ProblemNotice problem={create.error.problem} sayRefusal={refusals} />}
        </ComposeSummary>
      </div>
    </AdminPage>
  )
}
