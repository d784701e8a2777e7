/** Chunks of a PNG that say how it looks. Everything else (text, EXIF, time, profiles with a screen's name) says where it is from. */
const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'hIST',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
  'cICP',
])
const PNG_HEAD = 8

/** The picture without what it says of its maker; null where it is no PNG we can follow. Nothing after its end is kept. */
export function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, PNG_HEAD)]
  for (let at = PNG_HEAD; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return joined(kept)
    at = end
  }
  return null
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe

/**
 * The photo without camera, place, names, comments, profiles and previews; which side is up is kept. Null where it is no
 * JPEG we can follow. Nothing after its end is kept.
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = []
  let orientation = 1
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) return finished(kept, orientation)
    const end = at + 4 <= bytes.length ? at + 2 + view.getUint16(at + 2) : Number.POSITIVE_INFINITY
    if (end > bytes.length) return null
    const segment = bytes.subarray(at, end)
    if (marker === SOS) {
      const next = endOfScan(bytes, end)
      kept.push(bytes.subarray(at, next))
      at = next
      // A file cut off in its last scan is shown by every reader; it ends here.
      if (at >= bytes.length) return finished(kept, orientation)
      continue
    }
    if (marker === APP1) orientation = orientationOf(segment) ?? orientation
    const isApp = marker >= APP0 && marker <= APP15
    const isPlain = marker === APP14 || (marker === APP0 && startsWith(segment, 'JFIF\0'))
    if ((!isApp || isPlain) && marker !== COMMENT) kept.push(marker === APP0 ? withoutPreview(segment) : segment)
    at = end
  }
  return null
}

/** The first marker after the scan's data, in which 0xff is followed by 0 or a restart marker. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1]!
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const startsWith = (segment: Uint8Array, text: string): boolean =>
  Buffer.from(text, 'latin1').every((byte, index) => segment[4 + index] === byte)

/** JFIF may carry a small preview of the picture as it was before. */
function withoutPreview(segment: Uint8Array): Uint8Array {
  const plain = segment.slice(0, 18)
  plain.set([0, 16], 2)
  plain.set([0, 0], 16)
  return plain
}

function finished(kept: readonly Uint8Array[], orientation: number): Uint8Array {
  const turned = orientation > 1 && orientation <= 8 ? [exifOfOrientation(orientation)] : []
  return joined([Uint8Array.of(0xff, SOI), ...turned, ...kept, Uint8Array.of(0xff, EOI)])
}

const ORIENTATION = 0x0112

/** Which side is up, as EXIF says (1 to 8); null where it does not. */
function orientationOf(segment: Uint8Array): number | null {
  if (!startsWith(segment, 'Exif\0\0') || segment.length < 18) return null
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.byteLength - 10)
  const isLittle = tiff.getUint16(0) === 0x4949
  const directory = tiff.getUint32(4, isLittle)
  if (directory + 2 > tiff.byteLength) return null
  const entries = tiff.getUint16(directory, isLittle)
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.byteLength) return null
    if (tiff.getUint16(entry, isLittle) === ORIENTATION) return tiff.getUint16(entry + 8, isLittle)
  }
  return null
}

/** An APP1 segment with one entry: the orientation. */
const exifOfOrientation = (orientation: number): Uint8Array =>
  Uint8Array.of(
    0xff,
    APP1,
    0,
    34,
    0x45,
    0x78,
    0x69,
    0x66,
    0,
    0,
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  )

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
