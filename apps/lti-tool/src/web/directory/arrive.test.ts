// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { goToPart } from './arrive.ts'

const scrolled: string[] = []
Element.prototype.scrollIntoView = function scrollIntoView(this: Element) {
  scrolled.push(this.id)
}
// jsdom lays nothing out.
Element.prototype.getClientRects = function getClientRects(this: HTMLElement) {
  return (this.hidden ? [] : [{}]) as unknown as DOMRectList
}
afterEach(() => scrolled.splice(0))

/** A page whose parts wait, until what stands above them comes. */
function page() {
  document.body.innerHTML = '<section id="scores" hidden></section><section id="flags" hidden></section>'
  return () => {
    for (const part of document.querySelectorAll('section')) part.hidden = false
    document.body.prepend('The progress')
  }
}

it('goes to a part that still waits for what stands above it once that has come', async () => {
  const come = page()
  goToPart('scores')
  expect(scrolled).toEqual([])
  come()
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('scores'))
  expect(scrolled).toEqual(['scores'])
})

it('goes to the part that was asked for last alone', async () => {
  const come = page()
  goToPart('scores')
  goToPart('flags')
  come()
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('flags'))
  expect(scrolled).toEqual(['flags'])
})
