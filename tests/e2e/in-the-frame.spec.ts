import { expect, test } from '@playwright/test'
import { CANVAS } from './addresses.ts'
import { expectAccessible, openFromCourse } from './visit.ts'

test('canvas: dates are in the LMS’s language and say so, words in ours, contrast as the reader set it there', async ({
  browser,
}) => {
  const { page, tool } = await openFromCourse(browser, CANVAS, 'Luis Ferreira Prado')
  await expect(tool.locator('time strong[lang="es"]').first()).toContainText(/ de \p{L}+ de 20\d\d/u)
  await expect(tool.locator('html')).toHaveAttribute('lang', 'en')
  await expect(tool.locator('html')).toHaveAttribute('data-theme', 'contrast')
  await expectAccessible(page)
  await page.context().close()
})
