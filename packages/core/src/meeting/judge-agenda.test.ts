import { describe, expect, it } from 'vitest'
import { decideCheck } from './follow-commitment.ts'
import { functionsOf, judgeAgenda } from './judge-agenda.ts'
import type { AgendaItem } from './participation-contract.ts'

const item = (minutes: number, ledBy: AgendaItem['ledBy'], functions: AgendaItem['functions'] = ['educate']) => ({
  title: 'A part',
  kind: 'open_space' as const,
  minutes,
  ledBy,
  functions,
})
const codes = (items: AgendaItem[], meeting = 90) => judgeAgenda(items, meeting).map(({ code }) => code)

describe('an agenda', () => {
  it('may have one person presenting for half of it, and not a minute more', () => {
    expect(codes([item(45, 'one_person'), item(45, 'everyone')])).toEqual([])
    expect(judgeAgenda([item(46, 'one_person'), item(44, 'everyone')], 90)).toEqual([
      { code: 'agenda.not_didactic', facts: { minutes: 46, ofMinutes: 90, most: 0.5 } },
    ])
  })
  it('is told when it is longer than its meeting, and which parts name no function', () => {
    expect(codes([item(91, 'everyone')])).toEqual(['agenda.longer'])
    expect(codes([item(30, 'everyone', [])])).toEqual(['functions.coverage'])
    expect(codes([])).toEqual([])
  })
  it('gives its meeting the functions of its parts, each once, in the order they are told', () => {
    const items = [item(5, 'everyone', ['integrate', 'support']), item(5, 'everyone', ['support', 'educate'])]
    expect(functionsOf(items)).toEqual(['educate', 'support', 'integrate'])
  })
})

it('a commitment is looked at from its 30th and its 90th day on', () => {
  const made = new Date('2027-01-01T12:00:00Z')
  expect(decideCheck(made, 30, new Date('2027-01-31T11:59:59.999Z'))).toMatchObject({ ok: false })
  expect(decideCheck(made, 30, new Date('2027-01-31T12:00:00Z'))).toMatchObject({ ok: true })
  expect(decideCheck(made, 90, new Date('2027-01-31T12:00:00Z'))).toEqual({
    ok: false,
    refusal: { code: 'commitment.not_yet', facts: { dueAt: '2027-04-01T12:00:00.000Z' } },
  })
})
