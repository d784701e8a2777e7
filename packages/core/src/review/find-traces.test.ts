import { describe, expect, it } from 'vitest'
import { findTraces } from './find-traces.ts'

const known = {
  names: ['Ana Okonjo', 'María-José Núñez', '王小明', 'May Bo'],
  emails: ['ana.okonjo@riverside.example'],
  campuses: ['Riverside University'],
}
const found = (text: string) => findTraces(text, known).map(({ kind, found }) => `${kind} ${found}`)

describe('findTraces', () => {
  it.each([
    ['By Ana  Okonjo, 2026', ['name Ana Okonjo']],
    ['by ana okonjo', ['name Ana Okonjo']],
    ['As Okonjo says', ['name Okonjo']],
    ['ANA’s plan', ['name Ana']],
    ['Ana’s plan', ['name Ana']],
    ['Maria-Jose Nunez wrote this', ['name María-José Núñez']],
    ['作者王小明说', ['name 王小明']],
    ['Write to ANA.OKONJO@riverside.example.', ['email ana.okonjo@riverside.example']],
    ['Write to joana.okonjo@riverside.example', []],
    ['At riverside university we began', ['campus Riverside University']],
    ['we may ask whether Bo comes', []],
    ['In May we begin', ['name May']],
    ['Bananas and Anatolia', []],
  ])('in “%s” finds %j', (text, traces) => {
    expect(found(text)).toEqual(traces)
  })

  it('says each trace once', () => {
    expect(found('Ana, and Ana again, and Ana Okonjo')).toEqual(['name Ana Okonjo'])
  })
})
