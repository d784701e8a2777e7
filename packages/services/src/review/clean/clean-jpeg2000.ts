/** Boxes that say how a picture looks. XML, UUIDs and the like say where it is from. */
const KEPT = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c'])
const START = 0xff4f
const TILE = 0xff90
const TILE_DATA = 0xff93
const END = 0xffd9
const COMMENT = 0xff64

/** The JPEG 2000 picture with blanks where its boxes and comments told of its maker; null where it is none we can follow. */
export function cleanJpeg2000(bytes: Uint8Array): Uint8Array | null {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  try {
    if (view.getUint16(0) === START) return blankComments(view, 0, copy.length) ? copy : null
    let hasPicture = false
    for (let at = 0; at < copy.length;) {
      const said = view.getUint32(at)
      const type = String.fromCharCode(...copy.subarray(at + 4, at + 8))
      const head = said === 1 ? 16 : 8
      const length = said === 0 ? copy.length - at : said === 1 ? Number(view.getBigUint64(at + 8)) : said
      if (length < head || at + length > copy.length) return null
      if (!KEPT.has(type)) {
        copy.set(Buffer.from('free'), at + 4)
        copy.fill(0, at + head, at + length)
      }
      if (type === 'jp2c') {
        if (!blankComments(view, at + head, at + length)) return null
        hasPicture = true
      }
      at += length
    }
    return hasPicture ? copy : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** From tile to tile; false where the marks do not follow each other. */
function blankComments(view: DataView, from: number, end: number): boolean {
  if (view.getUint16(from) !== START) return false
  let next = 0
  for (let at = from + 2; at + 2 <= end;) {
    const marker = view.getUint16(at)
    if (marker === END) return true
    if (marker === TILE_DATA) {
      // A tile of no said length is the last.
      if (next === 0) return true
      if (next <= at) return false
      at = next
      continue
    }
    if (marker < 0xff00) return false
    const length = view.getUint16(at + 2)
    if (marker === TILE) {
      const size = view.getUint32(at + 6)
      next = size === 0 ? 0 : at + size
    }
    if (marker === COMMENT) for (let byte = at + 6; byte < at + 2 + length; byte++) view.setUint8(byte, 0x20)
    at += 2 + length
  }
  return true
}
