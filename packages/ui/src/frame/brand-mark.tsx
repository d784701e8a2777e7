/** The mark: a round table with one seat open. */
export function BrandMark() {
  const at = (place: number) => {
    const turn = (2 * Math.PI * place) / 8 - Math.PI / 2
    return { cx: 16 + 11 * Math.cos(turn), cy: 16 + 11 * Math.sin(turn) }
  }
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      {[1, 2, 3, 4, 5, 6, 7].map((place) => (
        <circle key={place} className="seat-dot" {...at(place)} r="3.4" />
      ))}
      <circle className="seat-open" {...at(0)} r="3.6" strokeWidth="1" />
    </svg>
  )
}
