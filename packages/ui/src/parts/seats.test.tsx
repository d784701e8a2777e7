// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { expect, it } from 'vitest'
import { createI18n } from '../words/create-i18n.ts'
import { SeatRing } from './seats.tsx'

it('a ring of seats says in words what it shows', () => {
  const riverside = { letter: 'R', colour: 3, name: 'Riverside State' }
  const seats = [{ ...riverside, isMarked: true }, riverside, { letter: 'T', colour: 6, name: 'Tenth Street Food Hub' }]
  render(
    <I18nextProvider i18n={createI18n({})}>
      <SeatRing seats={seats} capacity={5} figure={1} caption="coming" marked="have said they will come." />
    </I18nextProvider>,
  )
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    '5 seats round a table: 3 taken, 2 open. 2 from Riverside State, 1 from Tenth Street Food Hub. 1 have said they will come.',
  )
})

it.each([6, 17, 60, 240])('a ring of %i seats has a circle for each, none of them touching', (capacity) => {
  const seats = Array.from({ length: capacity / 2 }, () => ({ letter: 'R', colour: 3, name: 'Riverside State' }))
  const { container } = render(
    <I18nextProvider i18n={createI18n({})}>
      <SeatRing seats={seats} capacity={capacity} figure={1} caption="coming" />
    </I18nextProvider>,
  )
  const circles = [...container.querySelectorAll('circle:not(.table-edge)')]
  expect(circles).toHaveLength(capacity)
  const at = (place: number) => ['cx', 'cy', 'r'].map((name) => Number(circles[place]!.getAttribute(name)))
  const [[x1, y1, r1], [x2, y2, r2]] = [at(0), at(1)] as [number[], number[]]
  expect(r1).toBeGreaterThan(0)
  expect(Math.hypot(x1! - x2!, y1! - y2!)).toBeGreaterThan(r1! + r2!)
})
