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
  // One process for a page and its frames. A launch changes the frame's site three times; with a process for each site the
  // driver at times got no answer from a frame that its own picture showed whole. Why is not known. Cookies are blocked by
  // site all the same, which third-party-cookies.spec.ts holds.
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins,site-per-process',
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
