import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { answerAsk, showAsk } from '@copractice/core/cohort'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  BrandMark,
  CallFailed,
  LoadingLines,
  Notice,
  PageTitle,
  ProblemNotice,
  routeKey,
  Section,
  SkipLink,
  TimeText,
  useCall,
  useSend,
  ZoneProvider,
} from '@copractice/ui'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'

type Ask = RouteOutput<typeof showAsk>

/** Where the link of a mail leads that asks somebody to take part again: yes or no, changed as often as they like. */
export function AskedPage() {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const call = useCall()
  // What follows the # is sent to no server by itself, and stands in no log.
  const [token] = useState(() => window.location.hash.slice(1))
  const ask = useQuery<Ask, CallFailed<typeof showAsk>>({
    queryKey: [...routeKey(showAsk), token],
    queryFn: async ({ signal }) => {
      const answer = await call(showAsk, { body: { token: token || '-' } }, signal)
      if (!answer.ok) throw new CallFailed(answer.problem)
      return answer.value
    },
  })
  return (
    <ZoneProvider zone={null}>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        <PageTitle within="Copractice">{words('asked.title')}</PageTitle>
        {ask.data && <Question ask={ask.data} token={token} />}
        {ask.error && <ProblemNotice problem={ask.error.problem} sayRefusal={refusals} />}
        {ask.isPending && <LoadingLines what={words('asked.loading')} />}
      </main>
    </ZoneProvider>
  )
}

function Question({ ask, token }: { ask: Ask; token: string }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const answer = useSend(answerAsk, { refreshes: [showAsk] })
  const { name, kind, cohort, before, meetings } = ask
  const said = ask.answer === 'no' ? 'no' : ask.answer === 'yes' ? (ask.place ?? null) : null
  const say = (yesOrNo: 'yes' | 'no') => answer.mutate({ body: { token, answer: yesOrNo } })
  return (
    <>
      {name && <p>{words('asked.hello', { name })},</p>}
      <p className="voice">
        {before
          ? words('asked.text', { before, name: cohort.name, theme: cohort.theme })
          : words('asked.textAlone', { name: cohort.name, theme: cohort.theme })}
      </p>
      {said ? (
        <Notice tone={said === 'no' ? 'info' : 'ok'} live>
          {words(`asked.now.${said}`)}
        </Notice>
      ) : (
        <p>
          <strong>{words(`asked.${kind}`)}</strong>
        </p>
      )}
      {answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />}
      <div className="row">
        {(said === null || said === 'no') && (
          <ActionButton isBusy={answer.isPending} onClick={() => say('yes')}>
            {words('asked.yes')}
          </ActionButton>
        )}
        {said !== 'no' && (
          <ActionButton weight="quiet" isBusy={answer.isPending} onClick={() => say('no')}>
            {words('asked.no')}
          </ActionButton>
        )}
      </div>
      <p className="small muted">{words('asked.voluntary')}</p>
      {meetings.length > 0 && (
        <Section title={words('asked.meetings')} isCard>
          <ol className="plain stack">
            {meetings.map(({ title, startsAt, timeZone }) => (
              <li key={`${title} ${startsAt.getTime()}`}>
                <strong>{title}</strong>
                <br />
                <TimeText at={startsAt} setIn={timeZone} />
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}
