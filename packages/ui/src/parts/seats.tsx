import { useUiWords } from '../words/create-i18n.ts'

/** Whose campus or organisation: one of twelve hues and a letter, always together. */
export type Mark = Readonly<{ letter: string; colour: number }>

/** The mark beside a name. The name says it all, so the mark is decoration to assistive technology. */
export function LetterBadge({ mark, small = false }: { mark: Mark | null; small?: boolean }) {
  const names = ['seat', mark && `c${mark.colour}`, small && 'seat-sm'].filter(Boolean).join(' ')
  return (
    <span className={names} aria-hidden="true">
      {mark?.letter ?? '·'}
    </span>
  )
}

export type RingSeat = Mark & Readonly<{ name: string; isMarked?: boolean }>

const CENTRE = 118
const RADIUS = 98

/**
 * A round table with its seats, taken and open. The same in words is the drawing's label: how many seats, from where,
 * and what the circled ones mean (`marked`, e.g. "have said they will come").
 */
export function SeatRing(props: {
  seats: readonly RingSeat[]
  capacity: number
  figure: string | number
  caption: string
  marked?: string
}) {
  const { seats, capacity, figure, caption, marked } = props
  const say = useUiWords()
  const places = Math.max(capacity, seats.length)
  const from = Map.groupBy(seats, (seat) => seat.name)
  const marks = seats.filter((seat) => seat.isMarked).length
  const twin = [
    say('seatsTwin', { count: places, taken: seats.length, open: places - seats.length }),
    from.size > 0 &&
      say('seatsFromAll', {
        list: [...from].map(([name, at]) => say('seatsFrom', { count: at.length, name })).join(', '),
      }),
    marked && say('seatsMarked', { count: marks, what: marked }),
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <svg className="ring" viewBox="0 0 236 236" role="img" aria-label={twin}>
      <circle className="table-edge" cx={CENTRE} cy={CENTRE} r="74" />
      {Array.from({ length: places }, (_, place) => (
        <RingPlace key={place} at={pointOf(place, places)} size={sizeOf(places)} seat={seats[place]} />
      ))}
      <text className="ring-n" x={CENTRE} y={CENTRE - 10}>
        {figure}
      </text>
      <text className="ring-t" x={CENTRE} y={CENTRE + 18}>
        {caption}
      </text>
    </svg>
  )
}

const pointOf = (place: number, places: number) => {
  const turn = (2 * Math.PI * place) / places - Math.PI / 2
  return { x: CENTRE + RADIUS * Math.cos(turn), y: CENTRE + RADIUS * Math.sin(turn) }
}

/** 14 units up to 17 seats; smaller beyond, so that they never touch, however many there are. */
const sizeOf = (places: number) => {
  const half = (Math.PI * RADIUS) / places
  return Math.min(14, Math.max(half - 4, half * 0.8))
}
/** Below this many units a letter is a smudge. */
const LETTER_FITS = 7

function RingPlace({ at, size, seat }: { at: { x: number; y: number }; size: number; seat: RingSeat | undefined }) {
  const { x, y } = at
  if (!seat) return <circle className="open" cx={x} cy={y} r={Math.max(size - 1, size / 2)} />
  return (
    <g className={`c${seat.colour}`}>
      <circle className="s" cx={x} cy={y} r={size} />
      {seat.isMarked && <circle className="yes" cx={x} cy={y} r={size + 3} />}
      {size >= LETTER_FITS && (
        <text x={x} y={y}>
          {seat.letter}
        </text>
      )}
    </g>
  )
}
