import { existsSync } from 'node:fs'

/** Keeps a browser quiet on machines without a way out, and blocks third-party cookies as Safari, Firefox and strict Chrome do. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--test-third-party-cookie-phaseout',
]

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A system Chromium where there is one (unless E2E_BROWSER=npm), else the one that comes out of npm, so that a fresh machine needs nothing. */
export async function findBrowser(): Promise<{ executablePath: string; args: string[] }> {
  const system = process.env['E2E_BROWSER'] === 'npm' ? undefined : SYSTEM.find((path) => existsSync(path))
  if (system) return { executablePath: system, args: ARGS }

  // Read when the package is loaded: it then unpacks the system libraries it brings along.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return { executablePath: await chromium.executablePath(), args: [...new Set([...chromium.args, ...ARGS])] }
}
