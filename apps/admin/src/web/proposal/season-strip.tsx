import type { ProposalBody, ProposalShown } from '@copractice/core/proposal'
import { fromLocalField, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

const DAY = 86_400_000
const WIDTH = 640
const EDGE = 16

/** The meetings on a line with the deadline and the days before it that stay free; the same in words for who cannot see it. */
export function SeasonStrip({
  body,
  shown,
}: {
  body: ProposalBody
  shown: Pick<ProposalShown, 'call' | 'latestMeeting'>
}) {
  const say = useWords()
  const times = useTimes()
  const { meetings, timeZone: zone } = body
  const dated = meetings.flatMap(({ date, startTime }, at) => {
    const day = date && fromLocalField(`${date}T${startTime ?? '12:00'}`, zone)
    return day ? [{ number: at + 1, day }] : []
  })
  if (!dated.length) return null
  const date = shown.call?.enrolmentDeadline ?? null
  const deadline = date ? fromLocalField(`${date}T23:59`, zone) : null
  const latest = shown.latestMeeting
  const all = [...dated.map(({ day }) => day.getTime()), ...(deadline ? [deadline.getTime()] : [])]
  const [from, until] = [Math.min(...all), Math.max(Math.max(...all), Math.min(...all) + 28 * DAY)]
  const x = (at: Date) => EDGE + ((WIDTH - 2 * EDGE) * (at.getTime() - from)) / (until - from)
  const late = dated.filter(({ day }) => latest !== null && day > latest)
  const inOrder = [...dated].sort((a, b) => a.day.getTime() - b.day.getTime())
  const words = [
    say('strip.say', {
      count: dated.length,
      first: times.date(inOrder[0]!.day, zone),
      last: times.date(inOrder.at(-1)!.day, zone),
    }),
    late.length > 0 && deadline
      ? say('strip.late', {
          count: late.length,
          list: late.map(({ number }) => number).join(', '),
          deadline: times.date(deadline, zone),
        })
      : '',
  ]
  return (
    <svg className="plot strip" viewBox={`0 0 ${WIDTH} 92`} role="img" aria-label={words.filter(Boolean).join(' ')}>
      {deadline && latest && (
        <>
          <rect
            className="strip-buffer"
            x={x(latest)}
            y="30"
            width={Math.max(0, x(deadline) - x(latest))}
            height="28"
          />
          <text x={x(latest) - 4} y="18" textAnchor="end">
            {say('strip.finishBy', { date: times.date(latest, zone) })}
          </text>
          <line className="strip-deadline" x1={x(deadline)} x2={x(deadline)} y1="24" y2="64" />
          <text className="strong" x={x(deadline)} y="84" textAnchor="end">
            {say('strip.deadline', { date: times.date(deadline, zone) })}
          </text>
        </>
      )}
      <line className="axis" x1={EDGE / 2} x2={WIDTH - EDGE / 2} y1="44" y2="44" />
      {dated.map(({ number, day }) => (
        <g key={number}>
          <circle
            className={late.some((one) => one.number === number) ? 'strip-late' : 'strip-meeting'}
            cx={x(day)}
            cy="44"
            r="10"
          />
          <text className="strip-number" x={x(day)} y="49" textAnchor="middle">
            {number}
          </text>
        </g>
      ))}
    </svg>
  )
}
