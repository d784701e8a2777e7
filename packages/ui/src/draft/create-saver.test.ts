// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSaver, type SaveAnswer } from './create-saver.ts'

const at = new Date('2026-11-17T21:12:00Z')
const KEY = 'copractice.draft:amara:work:1'

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
})

function saverAnswering(...answers: SaveAnswer<string>[]) {
  const save = vi.fn<(value: string) => Promise<SaveAnswer<string>>>(
    async () => answers.shift() ?? { kind: 'saved', at },
  )
  const saver = createSaver({ keepAs: 'amara:work:1', initial: '', savedAt: null, save, waitMs: 100 })
  return { save, saver, stop: saver.start() }
}

describe('while one types', () => {
  it('waits for a pause, then saves the newest text once', async () => {
    const { save, saver } = saverAnswering()
    for (const text of ['T', 'Th', 'The']) saver.change(text)
    expect(save).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100)
    expect(save.mock.calls).toEqual([['The']])
    expect(saver.now()).toEqual({ value: 'The', status: { kind: 'saved', at }, theirs: null })
  })

  it('keeps unsaved text in the browser and drops it once the server has it', async () => {
    const { saver } = saverAnswering()
    saver.change('The')
    expect(localStorage.getItem(KEY)).toBe('{"value":"The"}')
    await vi.advanceTimersByTimeAsync(100)
    expect(localStorage.getItem(KEY)).toBeNull()
  })

  it('never runs two attempts at once, and text typed meanwhile is not called saved', async () => {
    let finish: (answer: SaveAnswer<string>) => void = () => undefined
    const save = vi.fn<(value: string) => Promise<SaveAnswer<string>>>(
      () => new Promise((resolve) => (finish = resolve)),
    )
    const saver = createSaver({ keepAs: 'amara:work:1', initial: '', savedAt: null, save, waitMs: 100 })
    saver.change('one')
    await vi.advanceTimersByTimeAsync(100)
    saver.change('two')
    await vi.advanceTimersByTimeAsync(500)
    expect(save).toHaveBeenCalledTimes(1)
    finish({ kind: 'saved', at })
    await vi.advanceTimersByTimeAsync(0)
    expect(save.mock.calls).toEqual([['one'], ['two']])
    expect(localStorage.getItem(KEY)).toBe('{"value":"two"}')
  })
})

describe('when the line is broken', () => {
  it('says so, tries again by itself, and ends saved', async () => {
    const { save, saver } = saverAnswering({ kind: 'later' }, { kind: 'later' })
    saver.change('The')
    await vi.advanceTimersByTimeAsync(100)
    expect(saver.now().status).toEqual({ kind: 'offline', isKept: true, isEnded: false })
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(save).toHaveBeenCalledTimes(3)
    expect(saver.now().status).toEqual({ kind: 'saved', at })
  })

  it('tries at once when the connection is back', async () => {
    const { save, saver } = saverAnswering({ kind: 'later' })
    saver.change('The')
    await vi.advanceTimersByTimeAsync(100)
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(save).toHaveBeenCalledTimes(2)
  })

  it('shows on the next visit what was not saved, and sends it', async () => {
    localStorage.setItem(KEY, '{"value":"from before"}')
    const { save, saver } = saverAnswering()
    expect(saver.now().value).toBe('from before')
    await vi.advanceTimersByTimeAsync(0)
    expect(save.mock.calls).toEqual([['from before']])
  })
})

describe('when another window saved meanwhile', () => {
  it('keeps both and saves nothing until the writer decides', async () => {
    const { save, saver } = saverAnswering({ kind: 'conflict', theirs: 'other' })
    saver.change('mine')
    await vi.advanceTimersByTimeAsync(100)
    expect(saver.now()).toEqual({ value: 'mine', status: { kind: 'conflict' }, theirs: 'other' })
    saver.change('mine, longer')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(save).toHaveBeenCalledTimes(1)
    saver.settle('mine and other')
    await vi.advanceTimersByTimeAsync(0)
    expect(save.mock.lastCall).toEqual(['mine and other'])
    expect(saver.now().theirs).toBeNull()
  })
})

it('starts anew after sending, with nothing kept and nothing left to save', async () => {
  const { save, saver } = saverAnswering()
  saver.change('sent by another way')
  saver.restart('')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(save).not.toHaveBeenCalled()
  expect(localStorage.getItem(KEY)).toBeNull()
})

describe('with what a text was written upon', () => {
  const [before, after] = [new Date('2026-11-17T21:00:00Z'), new Date('2026-11-17T21:30:00Z')]
  const saverUpon = (basedOn: { current: Date | null }, ...answers: SaveAnswer<string>[]) => {
    const sent: [string, Date | null][] = []
    const save = async (value: string): Promise<SaveAnswer<string>> => {
      sent.push([value, basedOn.current])
      return answers.shift() ?? { kind: 'saved', at }
    }
    const keepAs = 'amara:work:1'
    return { sent, saver: createSaver({ keepAs, initial: '', savedAt: null, save, basedOn, waitMs: 100 }) }
  }

  it('sends what was kept as written upon that, and not upon what was saved elsewhere since', async () => {
    saverUpon({ current: before }).saver.change('mine')
    const again = saverUpon({ current: after }, { kind: 'conflict', theirs: 'theirs' })
    again.saver.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(again.sent).toEqual([['mine', before]])
    expect(again.saver.now()).toMatchObject({ value: 'mine', theirs: 'theirs', status: { kind: 'conflict' } })
  })

  it('asks nobody to choose between a text and itself', async () => {
    const { saver, sent } = saverUpon({ current: before }, { kind: 'conflict', theirs: 'mine' })
    saver.change('mine')
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toHaveLength(2)
    expect(saver.now()).toMatchObject({ theirs: null, status: { kind: 'saved' } })
    expect(localStorage.getItem(KEY)).toBeNull()
  })

  it('leaves what another window of this browser keeps there', async () => {
    const [one, other] = [saverUpon({ current: null }), saverUpon({ current: null })]
    one.saver.change('of one')
    other.saver.change('of the other')
    await one.saver.flush()
    expect(localStorage.getItem(KEY)).toContain('of the other')
  })
})
