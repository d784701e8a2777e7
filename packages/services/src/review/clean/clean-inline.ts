import { PDFDict, PDFName, PDFNumber, type PDFContext, type PDFObject } from 'pdf-lib'
import { CannotClean } from './cannot-clean.ts'
import { cleanJpeg } from './clean-image.ts'
import { unpackStream, type Layer } from './unpack-stream.ts'

const FILTERS: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
}
const NUMBERS = ['Predictor', 'Colors', 'BitsPerComponent', 'Columns', 'EarlyChange']
/** Space, tab, line ends, form feed and NUL. */
const SPACE = '[\\0\\t\\n\\f\\r ]'
const DATA = new RegExp(`^${SPACE}*(/[^]*?|)(?:${SPACE}|(?<=[>\\]]))ID${SPACE}`)
const BEGIN = new RegExp(`(?:^|${SPACE}|[)>\\]])BI(?=${SPACE}|/)`, 'g')
const END = new RegExp(`${SPACE}*EI(?=${SPACE}|$)`, 'g')
/** Of an image's own words before its data, and how many ends are tried for one photo. */
const WORDS_AT_MOST = 2000
const ENDS_AT_MOST = 200

/**
 * What a page draws, without what photos written into it (BI, ID, EI) say of their maker; null where there is nothing to clean.
 * `content` is unpacked. Throws `CannotClean` where such a photo cannot be followed.
 */
export function cleanInlinePhotos(context: PDFContext, content: Uint8Array): Uint8Array | null {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1')
  if (!text.includes('DCT')) return null
  const parts: string[] = []
  let kept = 0
  BEGIN.lastIndex = 0
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    const from = begin.index + begin[0].length
    const near = text.slice(from, from + WORDS_AT_MOST)
    const words = DATA.exec(near)
    // A photo whose words go on in another stream, or without end.
    if (!words && near.includes('DCT')) throw new CannotClean('damaged')
    const layers = words && layersOf(context, words[1]!)
    if (!words || !layers?.some(({ filter }) => filter === PDFName.of('DCTDecode'))) continue
    const data = from + words[0].length
    const { photo, end } = photoAt(context, text, data, layers)
    parts.push(text.slice(kept, from), ` ${withPlainFilter(words[1]!)} ID `, photo.toString('latin1'), '\nEI')
    kept = end
    BEGIN.lastIndex = end
  }
  return kept === 0 ? null : Buffer.from(parts.join('') + text.slice(kept), 'latin1')
}

/** The photo that begins there, to the first end behind which it is whole. */
function photoAt(context: PDFContext, text: string, data: number, layers: readonly Layer[]) {
  const around = layers.slice(0, -1)
  END.lastIndex = data
  for (let tried = 0; tried < ENDS_AT_MOST; tried++) {
    const end = END.exec(text)
    if (!end) break
    const bytes = Buffer.from(text.slice(data, end.index), 'latin1')
    const photo = wholePhoto(context, bytes, around)
    if (photo) return { photo: Buffer.from(photo), end: end.index + end[0].length }
  }
  throw new CannotClean('damaged')
}

function wholePhoto(context: PDFContext, bytes: Uint8Array, around: readonly Layer[]): Uint8Array | null {
  try {
    const photo = unpackStream(context, bytes, around)
    // Cut off before its own end it is not the whole, wherever letters in it look like an end.
    return Buffer.from(photo).includes(Buffer.from([0xff, 0xd9])) ? cleanJpeg(photo) : null
  } catch (error) {
    if (error instanceof CannotClean) return null
    throw error
  }
}

const FILTER = /\/(?:Filter|F)(?![A-Za-z])\s*(\[[^\]]*\]|\/[A-Za-z0-9]+)/
const SETTINGS = /\/(?:DecodeParms|DP)(?![A-Za-z])\s*(\[(?:[^[\]]|\[[^\]]*\])*\]|<<[^]*?>>|null)/

function layersOf(context: PDFContext, words: string): Layer[] {
  const names = (FILTER.exec(words)?.[1] ?? '').match(/\/[A-Za-z0-9]+/g) ?? []
  const settings = (SETTINGS.exec(words)?.[1] ?? '').match(/<<[^]*?>>|null/g) ?? []
  return names.map((name, nth) => ({
    filter: PDFName.of(FILTERS[name.slice(1)] ?? name.slice(1)),
    settings: settingsOf(context, settings[nth] ?? ''),
  }))
}

function settingsOf(context: PDFContext, words: string): PDFObject {
  const dict = PDFDict.withContext(context)
  for (const name of NUMBERS) {
    const number = new RegExp(`/${name}\\s+(\\d+)`).exec(words)?.[1]
    if (number) dict.set(PDFName.of(name), PDFNumber.of(Number(number)))
  }
  return dict
}

/** The image's words with the photo alone left to unpack. */
const withPlainFilter = (words: string): string =>
  words
    .replace(SETTINGS, '')
    .replace(FILTER, '/F /DCT')
    .replaceAll(/\/(?:Length|L)\s+\d+/g, '')
