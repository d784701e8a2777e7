/** As many characters as the server takes of a list. */
const MOST = 900_000

/** The text of a list that was chosen, or why it cannot be read: `nothing`, `too_large`, `encoding`. */
export type ListRead = Readonly<{ text: string; fault?: undefined } | { fault: 'nothing' | 'too_large' | 'encoding' }>

/**
 * Reads UTF-8, and UTF-16 where the file begins with its mark. Anything else is refused rather than guessed: in a file of
 * an older encoding each letter with an accent would be another one, and nobody would notice before the names are in use.
 */
export async function readListFile(file: Blob): Promise<ListRead> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mark = `${bytes[0]} ${bytes[1]}`
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.trim()) return { fault: 'nothing' }
    if (text.includes('\0')) return { fault: 'encoding' }
    return text.length > MOST ? { fault: 'too_large' } : { text }
  } catch {
    return { fault: 'encoding' }
  }
}
