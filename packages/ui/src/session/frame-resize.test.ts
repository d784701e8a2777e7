// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { fitFrame } from './frame-resize.ts'

/** An LMS that gives the frame the height it asks for, less the border it draws. */
function framed(border: number) {
  const told: number[] = []
  let content = 1000
  let look: () => void = () => undefined
  vi.spyOn(document.body, 'getBoundingClientRect').mockImplementation(() => new DOMRect(0, 0, 800, content))
  const looks: IntersectionObserverCallback[] = []
  const win = Object.assign(new EventTarget(), {
    document,
    IntersectionObserver: class {
      constructor(then: IntersectionObserverCallback) {
        looks.push(then)
      }
      observe = () => undefined
      disconnect = () => undefined
    },
    innerHeight: 600,
    parent: {
      postMessage: ({ height }: { height: number }) => {
        told.push(height)
        if (told.length > 20) throw new Error('it never ends')
        win.innerHeight = height - border
        win.dispatchEvent(new Event('resize'))
      },
    },
    ResizeObserver: class {
      constructor(then: () => void) {
        look = then
      }
      observe = () => look()
      disconnect = () => undefined
    },
  })
  const stop = fitFrame(win as unknown as Window & typeof globalThis)
  return {
    told,
    stop,
    grow: (to: number) => {
      content = to
      look()
    },
    missing: () => content - win.innerHeight,
    does: (event: string) => win.dispatchEvent(new Event(event)),
    looks,
  }
}
afterEach(() => vi.restoreAllMocks())

it('asks for its height, growing and shrinking, and for no more where the LMS draws no border', () => {
  const { told, grow, stop } = framed(0)
  grow(1400)
  grow(300)
  expect(told).toEqual([1000, 1400, 300])
  stop()
})

it('asks for the border as well once it is known, so that nothing is left to scroll', () => {
  const { told, grow, missing, stop } = framed(2)
  expect([told, missing()]).toEqual([[1000, 1002], 0])
  grow(300)
  expect([told.at(-1), missing()]).toEqual([302, 0])
  stop()
})

it('finds what is in sight as a pointer moves, once at a time, and never as it goes down', () => {
  const { does, looks, stop } = framed(0)
  does('pointerdown')
  expect(looks).toHaveLength(0)
  does('pointermove')
  does('wheel')
  expect(looks).toHaveLength(1)
  const seen = { intersectionRect: new DOMRect(0, 120, 800, 400) } as IntersectionObserverEntry
  looks[0]!([seen], { disconnect: () => undefined } as IntersectionObserver)
  expect(document.documentElement.style.getPropertyValue('--co-view-top')).toBe('120px')
  does('pointerup')
  expect(looks).toHaveLength(2)
  stop()
})
