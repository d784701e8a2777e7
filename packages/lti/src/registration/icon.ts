/** The house's mark on petrol: a round table with an open seat. Square, so that LMSs can show it at 16 pixels. */
export function toolIcon(): string {
  const seats = Array.from({ length: 8 }, (_, index) => {
    const angle = (index / 8) * 2 * Math.PI - Math.PI / 2
    const at = (turn: (angle: number) => number) => (50 + 29 * turn(angle)).toFixed(1)
    const look = index === 0 ? 'fill="none" stroke="#f2b33d" stroke-width="4" r="8"' : 'fill="#fff" r="9"'
    return `<circle cx="${at(Math.cos)}" cy="${at(Math.sin)}" ${look}/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><rect width="100" height="100" rx="18" fill="#0e5a63"/>${seats.join('')}</svg>`
}
