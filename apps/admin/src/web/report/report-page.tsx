import { useState } from 'react'
import type { CommunityId, RegionId } from '@copractice/core/kernel'
import { exportForResearch, showReport, type Report, type ReportAsked } from '@copractice/core/report'
import {
  ActionButton,
  Card,
  EmptyState,
  Loaded,
  ProblemNotice,
  saveFile,
  Spoken,
  useCall,
  useRoute,
  useTimes,
  type CallProblem,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { Choice } from '../directory/choice.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { AgendaBalance, Commitments, Functions } from './activity-parts.tsx'
import { Hours, Participation, Retention, Ties } from './people-parts.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSpell } from './use-spell.ts'
import './report.css'

/** What a region or a network did, by term, region and community: to read, to print, to hand on. */
export function ReportPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const [asked, setAsked] = useState<ReportAsked>({})
  const report = useRoute(showReport, { query: asked }, { keepPrevious: true })
  return (
    <AdminPage title={say('title')}>
      <Loaded from={report} what={say('title')} lines={12} sayRefusal={refusals}>
        {(value) => (
          <>
            <Asked report={value} asked={asked} onChange={setAsked} />
            {value.cohorts === 0 ? (
              <EmptyState title={say('none')} icon="document">
                {say('noneText')}
              </EmptyState>
            ) : (
              <div className="report-parts">
                <Participation report={value} />
                <Hours report={value} />
                <Functions report={value} />
                <AgendaBalance report={value} />
                <Ties report={value} />
                <Commitments report={value} />
                <Retention report={value} />
                {!isReadOnly && <ForResearch asked={asked} />}
              </div>
            )}
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

type AskedProps = Readonly<{ report: Report; asked: ReportAsked; onChange: (asked: ReportAsked) => void }>

function Asked({ report, asked, onChange }: AskedProps) {
  const say = useWords()
  const spell = useSpell()
  const times = useTimes()
  const { terms, regions, communities } = report.choices
  const named = (all: string, list: readonly { id: string; name: string }[]) =>
    [['', all] as const, ...list.map(({ id, name }) => [id, name] as const)] as const
  return (
    <Card title={say('filter.label')}>
      <div className="row report-asked">
        <Choice
          id="report-term"
          label={say('filter.term')}
          value={asked.term ?? ''}
          options={[['', say('filter.allTerms')], ...terms.map((term) => [term, spell.term(term)] as const)]}
          onChange={(term) => onChange({ ...asked, term: term || undefined })}
        />
        {regions.length > 1 && (
          <Choice
            id="report-region"
            label={say('filter.region')}
            value={asked.regionId ?? ''}
            options={named(say('filter.allRegions'), regions)}
            onChange={(id) => onChange({ ...asked, regionId: (id || undefined) as RegionId | undefined })}
          />
        )}
        {communities.length > 0 && (
          <Choice
            id="report-community"
            label={say('filter.community')}
            value={asked.communityId ?? ''}
            options={named(say('filter.allCommunities'), communities)}
            onChange={(id) => onChange({ ...asked, communityId: (id || undefined) as CommunityId | undefined })}
          />
        )}
        <span className="no-print">
          <ActionButton weight="secondary" onClick={() => window.print()}>
            {say('print')}
          </ActionButton>
        </span>
      </div>
      <p className="small muted" role="status">
        {say('madeAt', { at: times.dateTime(report.madeAt), cohorts: report.cohorts })}{' '}
        {say('hiddenNote', { most: report.smallest - 1 })}
      </p>
    </Card>
  )
}

function ForResearch({ asked }: { asked: ReportAsked }) {
  const say = useWords()
  const refusals = useRefusals()
  const call = useCall()
  const [problem, setProblem] = useState<CallProblem<typeof exportForResearch> | null>(null)
  const [told, setTold] = useState('')
  const make = async () => {
    setProblem(null)
    setTold('')
    const answer = await call(exportForResearch, { query: asked })
    if (!answer.ok) return setProblem(answer.problem)
    saveFile(new Blob([answer.value], { type: 'text/csv' }), 'research.csv')
    setTold(say('research.made'))
  }
  return (
    <div className="no-print">
      <Card title={say('research.title')}>
        <div className="stack">
          <p>{say('research.text')}</p>
          <div className="row">
            <ActionButton weight="secondary" onClick={() => void make()}>
              {say('research.make')}
            </ActionButton>
            {told && <span className="small">{told}</span>}
          </div>
          <Spoken>{told}</Spoken>
          {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        </div>
      </Card>
    </div>
  )
}
