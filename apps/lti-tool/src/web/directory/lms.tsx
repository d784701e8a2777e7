import { createContext, use } from 'react'

/** What the launch told of the LMS page around us; nothing of it after a sign-in by e-mail. */
export type Lms = Readonly<{
  /** BCP 47, as the LMS shows its own pages. */
  locale: string | null
  /** Back to the course; http or https. */
  returnUrl: string | null
  highContrast: boolean
}>

const KEY = 'copractice.lms'
const UNKNOWN: Lms = { locale: null, returnUrl: null, highContrast: false }

/** From the page a launch is answered with, before the session is taken out of it; after a reload, from this tab. */
export function readLms(doc: Document = document): Lms {
  const written = parse(doc.getElementById('session')?.textContent)?.['lms']
  if (written) return keepInTab(asLms(written))
  try {
    return asLms(parse(window.sessionStorage.getItem(KEY)))
  } catch {
    return UNKNOWN
  }
}

function keepInTab(lms: Lms): Lms {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(lms))
  } catch {
    // A frame without storage: known until the page is left.
  }
  return lms
}

function parse(text: string | null | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function asLms(value: unknown): Lms {
  if (!isRecord(value)) return UNKNOWN
  const { locale, returnUrl, highContrast } = value
  return {
    locale: typeof locale === 'string' ? locale : null,
    // The LMS's own word, and still no address that runs anything.
    returnUrl: typeof returnUrl === 'string' && /^https?:\/\//i.test(returnUrl) ? returnUrl : null,
    highContrast: highContrast === true,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const LmsContext = createContext<Lms>(UNKNOWN)
export const LmsProvider = LmsContext
export const useLms = (): Lms => use(LmsContext)
