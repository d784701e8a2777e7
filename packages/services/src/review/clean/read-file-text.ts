import { getDocumentProxy } from 'unpdf'
import { officeText } from './clean-office.ts'

const PAGES_AT_MOST = 100

/** The words of a file as far as we can read them; null for pictures, scans and what cannot be opened. */
export async function readFileText(mediaType: string, bytes: Uint8Array): Promise<string | null> {
  if (mediaType.startsWith('text/')) return new TextDecoder().decode(bytes)
  if (mediaType.startsWith('image/')) return null
  try {
    const text = mediaType === 'application/pdf' ? await pdfText(bytes) : officeText(bytes)
    return text.trim() ? text : null
  } catch {
    return null
  }
}

async function pdfText(bytes: Uint8Array): Promise<string> {
  // The reader takes what it is given for its own.
  const pdf = await getDocumentProxy(bytes.slice())
  const pages: string[] = []
  try {
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES_AT_MOST); number++) {
      const { items } = await (await pdf.getPage(number)).getTextContent()
      pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''))
    }
  } finally {
    await pdf.loadingTask.destroy()
  }
  return pages.join('\n')
}
