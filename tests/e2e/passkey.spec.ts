import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { ADMIN } from './addresses.ts'
import { expectAccessible, newPage, signInToAdmin } from './visit.ts'

const TERESA = 'teresa@threevalleys.example'

/** Chromium's own authenticator in place of a device: it has a fingerprint reader and keeps passkeys. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    forgets: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
  }
}

test('a coordinator adds a passkey, signs in with it, renames it and removes it', async ({ browser }) => {
  const page = await newPage(browser)
  const device = await withAuthenticator(page)
  await page.goto(ADMIN)
  await signInToAdmin(page, TERESA)

  await page.goto(`${ADMIN}/passkeys`)
  await expect(page.getByText('No passkey yet')).toBeVisible()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('Write a name')).toBeVisible()
  await page.getByLabel('Name').fill('Work laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Work laptop' })).toContainText('not used yet')
  expect(await device.credentials()).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }])
  await expectAccessible(page)
  await page.getByLabel('Name').fill('Again')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('has a passkey for you already')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${ADMIN}/passkeys`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Work laptop' })
  await expect(row).toContainText('last used')

  await row.getByRole('button', { name: 'Rename' }).click()
  // Its name is in a field now, and no text any more.
  const naming = page.getByRole('main').getByRole('listitem')
  await naming.getByLabel('Name').fill('Old laptop')
  await naming.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('listitem').filter({ hasText: 'Old laptop' })
  await renamed.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No passkey yet')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${ADMIN}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('This passkey is not known here')).toBeVisible()
  await device.forgets()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('Nothing happened yet')).toBeVisible()
})
