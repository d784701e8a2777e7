import { decodePDFRawStream, PDFDict, PDFName, PDFNumber, PDFRawStream, type PDFContext, type PDFObject } from 'pdf-lib'
import { CannotClean } from './cannot-clean.ts'

/** One step of what lies around a stream's bytes, with its settings. */
export type Layer = Readonly<{ filter: PDFObject; settings: PDFObject | undefined }>

/** Bytes with all of these layers taken off, predictors too. Throws `CannotClean` for one we cannot follow. */
export function unpackStream(context: PDFContext, bytes: Uint8Array, layers: readonly Layer[]): Uint8Array {
  let unpacked = bytes
  for (const { filter, settings } of layers) {
    const one = PDFDict.withContext(context)
    one.set(PDFName.of('Filter'), filter)
    if (settings instanceof PDFDict) one.set(PDFName.of('DecodeParms'), settings)
    try {
      unpacked = decodePDFRawStream(PDFRawStream.of(one, unpacked)).decode()
    } catch {
      throw new CannotClean('damaged')
    }
    if (settings instanceof PDFDict) unpacked = withoutPredictor(unpacked, settings)
  }
  return unpacked
}

/** Rows as they were before each was written as what differs from its neighbours (ISO 32000-1, 7.4.4.4). */
function withoutPredictor(bytes: Uint8Array, settings: PDFDict): Uint8Array {
  const number = (name: string, usually: number) => {
    const found = settings.lookup(PDFName.of(name))
    return found instanceof PDFNumber ? found.asNumber() : usually
  }
  const predictor = number('Predictor', 1)
  if (predictor <= 1) return bytes
  const [colors, bits, columns] = [number('Colors', 1), number('BitsPerComponent', 8), number('Columns', 1)]
  const pixel = Math.max(1, Math.ceil((colors * bits) / 8))
  const row = Math.ceil((colors * bits * columns) / 8)
  if (!(row > 0) || !Number.isSafeInteger(row)) throw new CannotClean('damaged')
  if (predictor >= 10) return pngRows(bytes, row, pixel)
  if (predictor !== 2 || bits !== 8) throw new CannotClean('damaged')
  const out = Uint8Array.from(bytes)
  for (let at = 0; at < out.length; at++) if (at % row >= pixel) out[at] = out[at]! + out[at - pixel]!
  return out
}

/** Each row has the number of its way before it (PNG, 9.2). */
function pngRows(bytes: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (row + 1))
  const out = new Uint8Array(Math.max(0, bytes.length - rows))
  for (let nth = 0; nth < rows; nth++) {
    const from = nth * (row + 1)
    const way = bytes[from]!
    if (way > 4) throw new CannotClean('damaged')
    const to = nth * row
    const length = Math.min(row, bytes.length - from - 1)
    for (let at = 0; at < length; at++) {
      const left = at >= pixel ? out[to + at - pixel]! : 0
      const up = nth > 0 ? out[to + at - row]! : 0
      const corner = nth > 0 && at >= pixel ? out[to + at - row - pixel]! : 0
      const guess = [0, left, up, (left + up) >> 1, way === 4 ? nearest(left, up, corner) : 0][way]!
      out[to + at] = bytes[from + 1 + at]! + guess
    }
  }
  return out
}

function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
