import type { CohortListed } from '@copractice/core/cohort'

/** A small round table: a dot for each seat, in its campus's colour. The numbers beside it say the same. */
export function SeatMini({ seats, institutions }: Pick<CohortListed, 'seats' | 'institutions'>) {
  const colours = institutions.flatMap(({ colour, people }) => Array.from({ length: people }, () => colour))
  const places = Math.max(seats.capacity, colours.length)
  const size = Math.min(2.9, 46 / places)
  return (
    <svg className="mini" viewBox="0 0 40 40" aria-hidden="true">
      {Array.from({ length: places }, (_, place) => {
        const turn = (2 * Math.PI * place) / places - Math.PI / 2
        const at = { cx: 20 + 15.5 * Math.cos(turn), cy: 20 + 15.5 * Math.sin(turn) }
        const colour = colours[place]
        return colour ? (
          <circle key={place} className={`c${colour} s`} {...at} r={size} />
        ) : (
          <circle key={place} className="o" {...at} r={size - 0.5} />
        )
      })}
    </svg>
  )
}
