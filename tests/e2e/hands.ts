import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'

/** How a person works a page: with a pointer, or with the keyboard and nothing else. */
export type Hands = Readonly<{
  press: (target: Locator) => Promise<void>
  write: (field: Locator, text: string) => Promise<void>
  choose: (select: Locator, label: string) => Promise<void>
  /** A radio or a checkbox, whose words people press. */
  tick: (box: Locator) => Promise<void>
}>

export type Place = FrameLocator | Page

export const pointer = (): Hands => ({
  press: (target) => target.click(),
  write: (field, text) => field.fill(text),
  choose: async (select, label) => {
    await select.selectOption({ label })
  },
  tick: async (box) => {
    if (!(await box.isChecked())) await box.locator('..').click()
    await expect(box).toBeChecked()
  },
})

/** More stops than any page has. */
const STOPS = 400

/**
 * Goes from stop to stop with Tab until the target has the focus, as somebody does who cannot use a pointer; fails when Tab
 * never comes there. Then Enter, Space, arrows and letters do the work.
 */
export function keyboard(page: Page): Hands {
  const isFocused = (target: Locator) => target.evaluate((element) => element === element.ownerDocument.activeElement)
  const reach = async (target: Locator) => {
    await expect(target).toBeVisible()
    for (let stop = 0; stop < STOPS; stop++) {
      if (await isFocused(target)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never came to ${String(target)}`)
  }
  return {
    press: async (target) => {
      await reach(target)
      await page.keyboard.press('Enter')
    },
    write: async (field, text) => {
      await reach(field)
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
      await expect(field).toHaveValue(text)
    },
    choose: async (select, label) => {
      await reach(select)
      await page.keyboard.type(label)
      await expect(select.locator('option:checked')).toHaveText(label)
    },
    // Of a group of radios Tab comes to one, and arrows go on from there.
    tick: async (box) => {
      await reachGroup(box)
      for (let step = 0; step < 20 && !(await box.isChecked()); step++)
        await page.keyboard.press((await isFocused(box)) ? 'Space' : 'ArrowDown')
      await expect(box).toBeChecked()
    },
  }

  /** Until the box, or a radio of its group, has the focus. */
  async function reachGroup(box: Locator) {
    const isThere = () =>
      box.evaluate((element) => {
        const active = element.ownerDocument.activeElement
        const { type, name } = element as HTMLInputElement
        return active === element || (type === 'radio' && active instanceof HTMLInputElement && active.name === name)
      })
    for (let stop = 0; stop < STOPS; stop++) {
      if (await isThere()) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never came to ${String(box)}`)
  }
}
