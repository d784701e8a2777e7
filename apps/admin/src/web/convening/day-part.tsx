import { useState } from 'react'
import { countToBeTold, listNeeds, sendBadges, showFeedback, type ConveningListed } from '@copractice/core/convening'
import {
  ActionButton,
  ButtonLink,
  Card,
  Loaded,
  ProblemNotice,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'

/** Flyer, badges and the way to the desk; who wants to hear of dates. */
export function DayPart({ convening }: { convening: ConveningListed & Readonly<{ mayEdit: boolean }> }) {
  const say = useDayWords()
  const tell = useTell()
  const refusals = useRefusals()
  const params = { conveningId: convening.id }
  const wishes = useRoute(countToBeTold, { params }, { enabled: convening.mayEdit })
  const send = useSend(sendBadges, { onDone: ({ sent }) => tell({ text: say('day.sent', { count: sent }) }) })
  const hasPeople = convening.counts.registered > 0
  const now = useNow()
  const isOver = convening.endsAt !== null && convening.endsAt <= now
  const maySend = convening.mayEdit && !isOver
  return (
    <Card title={say('day.title')}>
      <div className="stack">
        {wishes.data && wishes.data.confirmed > 0 && <p className="small">{say('day.tell', wishes.data)}</p>}
        <p>
          <a className="btn btn-quiet" href={`/api/convenings/${convening.id}/flyer.pdf`}>
            {say('day.flyer')}
          </a>
        </p>
        {hasPeople && convening.startsAt && (
          <>
            {maySend && <p className="small muted">{say('day.badgesText')}</p>}
            {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
            <div className="row">
              {maySend && (
                <ActionButton
                  weight="secondary"
                  size="small"
                  icon="mail"
                  isBusy={send.isPending}
                  onClick={() => send.mutate({ params })}
                >
                  {say('day.badges')}
                </ActionButton>
              )}
              <ButtonLink href={`/convenings/${convening.id}/check-in`} weight="secondary" size="small" icon="check">
                {say('day.checkIn')}
              </ButtonLink>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

/** Looked at only on purpose: every look is written down. */
export function NeedsPart({ convening }: { convening: ConveningListed }) {
  const say = useDayWords()
  const times = useTimes()
  const refusals = useRefusals()
  const [isOpen, setIsOpen] = useState(false)
  const given = { params: { conveningId: convening.id }, query: { limit: 100 } }
  const needs = useRoute(listNeeds, given, { enabled: isOpen })
  return (
    <Card title={say('needs.title')}>
      <div className="stack">
        <p className="small muted">{say('needs.text')}</p>
        {isOpen ? (
          <Loaded from={needs} what={say('needs.title')} lines={4} sayRefusal={refusals}>
            {({ items }) =>
              items.length ? (
                <>
                  <AdminTable
                    caption={say('needs.title')}
                    columns={[
                      { id: 'name', head: say('needs.name'), isHead: true, cell: ({ name }) => name },
                      { id: 'take', head: say('needs.accessibility'), cell: ({ accessibility }) => accessibility },
                      { id: 'food', head: say('needs.dietary'), cell: ({ dietary }) => dietary },
                    ]}
                    rows={items}
                    rowKey={({ registrationId }) => registrationId}
                  />
                  <p className="small muted">{say('needs.deleted', { date: times.date(items[0]!.deleteAfter) })}</p>
                </>
              ) : (
                <p>{say('needs.none')}</p>
              )
            }
          </Loaded>
        ) : (
          <div>
            <ActionButton weight="secondary" size="small" icon="eye" onClick={() => setIsOpen(true)}>
              {say('needs.show')}
            </ActionButton>
          </div>
        )}
      </div>
    </Card>
  )
}

/** What people said once it is over, without names; nothing below five answers. */
export function FeedbackPart({ convening }: { convening: ConveningListed }) {
  const say = useDayWords()
  const feedback = useRoute(showFeedback, { params: { conveningId: convening.id } })
  const texts = (title: string, said: readonly string[]) =>
    said.length > 0 && (
      <>
        <h3>{title}</h3>
        <ul className="voice">
          {said.map((text, at) => (
            <li key={`${at} ${text}`}>{text}</li>
          ))}
        </ul>
      </>
    )
  return (
    <Card title={say('answers.title')}>
      <Loaded from={feedback} what={say('answers.title')} lines={3}>
        {({ answers, mean, spread, kept, change }) =>
          answers === null ? (
            <p className="small muted">{say('answers.few')}</p>
          ) : (
            <div className="stack">
              <p>
                {mean === null
                  ? say('answers.sumAlone', { count: answers })
                  : say('answers.sum', { count: answers, mean })}
              </p>
              <AdminTable
                caption={say('answers.spread')}
                columns={[
                  { id: 'value', head: say('answers.spread'), isHead: true, cell: ({ usefulness }) => usefulness },
                  {
                    id: 'count',
                    head: say('answers.count'),
                    isNumber: true,
                    cell: ({ count }) => count ?? say('answers.hidden'),
                  },
                ]}
                rows={spread}
                rowKey={({ usefulness }) => String(usefulness)}
              />
              {texts(say('answers.kept'), kept)}
              {texts(say('answers.change'), change)}
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}
