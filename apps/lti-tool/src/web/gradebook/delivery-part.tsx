import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { spelt } from '@copractice/core/review'
import { deliveriesRoute, publishPreviewRoute, retryDeliveryRoute, type Delivery } from '@copractice/core/gradebook'
import type { RoundId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  type Column,
  DataTable,
  EmptyState,
  LoadingLines,
  Notice,
  ProblemNotice,
  routeKey,
  ShowMore,
  Spoken,
  usePages,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { DeliveryResult } from './delivery-result.tsx'
import { useRefusals, useWords } from './say.ts'

type Course = RouteOutput<typeof deliveriesRoute>['courses'][number]
const LIVE_MS = 3_000
const CALM_MS = 60_000

/** Where each score is: by course in one sentence, then one by one. Asked again every few seconds while any is on its way. */
export function DeliveryPart({ roundId }: { roundId: RoundId }) {
  const say = useWords()
  const refusals = useRefusals()
  const first = usePages(deliveriesRoute, { params: { roundId }, query: { limit: 25 } }, { everyMs: CALM_MS })
  const latest = first.data?.pages[0]
  const waiting = latest?.courses.reduce((sum, course) => sum + course.waiting, 0) ?? 0
  // A second observer of the same answer, with a quicker pace, for as long as something is on its way.
  usePages(deliveriesRoute, { params: { roundId }, query: { limit: 25 } }, { everyMs: waiting > 0 ? LIVE_MS : false })
  const arrived = latest?.courses.reduce((sum, course) => sum + course.arrived, 0)
  const client = useQueryClient()
  useEffect(() => {
    // What has arrived is what the gradebook holds now.
    if (arrived) void client.invalidateQueries({ queryKey: routeKey(publishPreviewRoute) })
  }, [client, arrived])
  const deliveries = first.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="blk" id="delivery" aria-labelledby="h-delivery">
      <h2 id="h-delivery">{say('delivery.title')}</h2>
      {first.isPending && <LoadingLines what={say('delivery.loading')} lines={4} />}
      {first.error && (
        <ProblemNotice problem={first.error.problem} sayRefusal={refusals} onRetry={() => void first.refetch()} />
      )}
      {latest && deliveries.length === 0 && (
        <EmptyState title={say('delivery.none')} icon="mail">
          {say('delivery.noneText')}
        </EmptyState>
      )}
      {latest && deliveries.length > 0 && (
        <>
          <Sums courses={latest.courses} />
          <Log deliveries={deliveries} atMost={latest.attemptsAtMost} />
        </>
      )}
      <ShowMore of={first} />
    </section>
  )
}

function Sums({ courses }: { courses: readonly Course[] }) {
  const say = useWords()
  const times = useTimes()
  const sent = courses.filter((course) => totalOf(course) > 0)
  const arrived = sent.reduce((sum, course) => sum + course.arrived, 0)
  const total = sent.reduce((sum, course) => sum + totalOf(course), 0)
  return (
    <div className="two-course">
      <Spoken>{say('delivery.live', { arrived, total })}</Spoken>
      {sent.map((course) => {
        const failed = course.refused + course.givenUp
        return (
          <Notice
            key={course.courseId}
            tone={failed > 0 ? 'warn' : course.waiting > 0 ? 'info' : 'ok'}
            {...(failed === 0 && course.waiting > 0 && { icon: 'clock' })}
          >
            <strong>
              {say('delivery.sum', {
                campus: course.institution,
                lms: say(`lms.${course.profile}`),
                arrived: course.arrived,
                total: totalOf(course),
              })}
            </strong>
            <p className="small">
              {course.waiting > 0 && `${say('delivery.waiting', { count: course.waiting })} `}
              {course.waiting > 0 &&
                course.pausedUntil &&
                `${say('delivery.paused', { time: times.clock(course.pausedUntil) })} `}
              {failed > 0 ? say('delivery.failed', { count: failed }) : say('delivery.all')}
            </p>
          </Notice>
        )
      })}
    </div>
  )
}

const totalOf = ({ arrived, waiting, refused, givenUp }: Course) => arrived + waiting + refused + givenUp

const whenCell = (text: string) => <span className="nowrap">{text}</span>

const scoreCell = ({ score, maximum, withdraws }: Delivery, takenBack: string) =>
  withdraws ? takenBack : `${spelt(score)} / ${maximum}`

const resultCell = (delivery: Delivery, atMost: number) => (
  <span className="row">
    <DeliveryResult delivery={delivery} atMost={atMost} />
    {delivery.canRetry && <Retry delivery={delivery} />}
  </span>
)

function Log({ deliveries, atMost }: { deliveries: readonly Delivery[]; atMost: number }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<Delivery>[] = [
    {
      id: 'when',
      head: say('delivery.when'),
      cell: ({ publishedAt }) => whenCell(times.moment(publishedAt)),
    },
    { id: 'learner', head: say('delivery.learner'), isHead: true, cell: ({ name }) => name ?? say('delivery.noName') },
    { id: 'column', head: say('delivery.column'), cell: ({ column }) => say(`column.${column}`) },
    {
      id: 'score',
      head: say('delivery.score'),
      isNumber: true,
      cell: (delivery) => scoreCell(delivery, say('delivery.withdraws')),
    },
    {
      id: 'result',
      head: say('delivery.result'),
      cell: (delivery) => resultCell(delivery, atMost),
    },
  ]
  return (
    <DataTable
      caption={say('delivery.title')}
      columns={columns}
      rows={deliveries}
      rowKey={({ deliveryId }) => deliveryId}
    />
  )
}

/** Over a teacher's grade a score goes only by this. */
const retryWord = ({ problem, withdraws }: Delivery) =>
  problem !== 'newer_grade' ? 'delivery.retry' : withdraws ? 'delivery.empty' : 'delivery.replace'

function Retry({ delivery }: { delivery: Delivery }) {
  const { deliveryId, name } = delivery
  const say = useWords()
  const sayProblem = useSayProblem(useRefusals())
  const tell = useTell()
  const retry = useSend(retryDeliveryRoute, {
    refreshes: [deliveriesRoute],
    onDone: () => tell({ text: say('delivery.retried') }),
  })
  return (
    <ActionButton
      weight="quiet"
      size="small"
      icon="retry"
      isBusy={retry.isPending}
      onClick={() =>
        retry.mutate(
          { params: { deliveryId } },
          { onError: ({ problem }) => tell({ text: sayProblem(problem), tone: 'bad' }) },
        )
      }
    >
      {say(retryWord(delivery))}
      <span className="vh">: {name}</span>
    </ActionButton>
  )
}
