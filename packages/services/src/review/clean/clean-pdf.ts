import { deflateSync } from 'node:zlib'
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFHexString,
  PDFRef,
  PDFStream,
  PDFString,
  type PDFContext,
  type PDFObject,
} from 'pdf-lib'
import { CannotClean } from './cannot-clean.ts'
import { cleanJpeg } from './clean-image.ts'
import { cleanInlinePhotos } from './clean-inline.ts'
import { cleanJpeg2000 } from './clean-jpeg2000.ts'
import { isOnDisk } from './is-on-disk.ts'
import { unpackStream, type Layer } from './unpack-stream.ts'

/** A PDF without its information, its XMP, its ids, its earlier states, and who drew or commented on it. Throws `CannotClean`. */
export async function cleanPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false }).catch((error: unknown) => {
    // The library's own error classes are none by `instanceof`.
    throw new CannotClean(String(error).includes('is encrypted') ? 'encrypted' : 'damaged')
  })
  try {
    const { context } = pdf
    if (!(context.lookup(context.trailerInfo.Root) instanceof PDFDict) || pdf.getPageCount() === 0)
      throw new CannotClean('damaged')
    delete context.trailerInfo.Info
    delete context.trailerInfo.ID
    pdf.catalog.delete(PDFName.of('Threads'))
    const reached = reachedFrom(context, context.trailerInfo.Root!)
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (reached.has(ref)) cleanObject(context, ref, object)
      else context.delete(ref)
    }
    // What was cleaned away leaves objects behind that nothing refers to any more.
    const left = reachedFrom(context, context.trailerInfo.Root!)
    for (const [ref] of context.enumerateIndirectObjects()) if (!left.has(ref)) context.delete(ref)
    return await pdf.save({ updateFieldAppearances: false, addDefaultPage: false })
  } catch (error) {
    throw error instanceof CannotClean ? error : new CannotClean('damaged')
  }
}

/** Everything that is part of the document as it stands now; earlier states that were saved over are not. */
function reachedFrom(context: PDFContext, root: PDFObject): Set<PDFRef> {
  const reached = new Set<PDFRef>()
  const open: PDFObject[] = [root]
  for (let object = open.pop(); object; object = open.pop()) {
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue
      reached.add(object)
      const target = context.lookup(object)
      if (target) open.push(target)
    } else open.push(...childrenOf(object))
  }
  return reached
}

function childrenOf(object: PDFObject): PDFObject[] {
  if (object instanceof PDFStream) return object.dict.values()
  if (object instanceof PDFDict) return object.values()
  return object instanceof PDFArray ? object.asArray() : []
}

const key = (name: string) => PDFName.of(name)
const ALWAYS = ['Metadata', 'PieceInfo', 'LastModified', 'CreatorInfo'].map(key)
/** Where they are words: a font or a picture may be called so. */
const MAKERS = ['Author', 'Creator', 'Producer'].map(key)
/** Of notes, stamps and drawings: who made them and when. A form field's `T` is its name, and stays. */
const OF_NOTES = ['T', 'CreationDate', 'M', 'NM'].map(key)
const OF_SIGNATURES = ['Name', 'ContactInfo', 'Location', 'Reason', 'M', 'Contents', 'Cert', 'Prop_Build'].map(key)

/** One object with the objects written inside it. */
function cleanObject(context: PDFContext, ref: PDFRef, object: PDFObject): void {
  if (object instanceof PDFRawStream) {
    cleanPhoto(context, ref, object)
    cleanDrawn(context, ref, object)
  }
  const open: PDFObject[] = [object]
  for (let next = open.pop(); next; next = open.pop()) {
    const dict = next instanceof PDFStream ? next.dict : next
    if (dict instanceof PDFDict) cleanDict(context, dict)
    open.push(...childrenOf(next).filter((child) => !(child instanceof PDFRef)))
  }
}

function cleanDict(context: PDFContext, dict: PDFDict): void {
  const kind = context.lookup(dict.get(key('Subtype')))
  const type = context.lookup(dict.get(key('Type')))
  if (
    dict.has(key('EmbeddedFiles')) ||
    dict.has(key('EF')) ||
    kind === key('FileAttachment') ||
    type === key('EmbeddedFile')
  )
    throw new CannotClean('attachments')
  for (const name of ALWAYS) dict.delete(name)
  // TeX keeps the names and makers of the files that it takes pictures from.
  for (const name of dict.keys()) if (name.asString().startsWith('/PTEX.')) dict.delete(name)
  for (const name of MAKERS) if (isText(context.lookup(dict.get(name)))) dict.delete(name)
  for (const name of ADDRESSES) {
    const value = context.lookup(dict.get(name))
    if (isText(value) && isOnDisk(value.decodeText())) dict.delete(name)
  }
  if (dict.has(key('Rect')) && kind !== key('Widget')) for (const name of OF_NOTES) dict.delete(name)
  if (type === key('Sig')) for (const name of OF_SIGNATURES) dict.delete(name)
}

const ADDRESSES = ['URI', 'F', 'UF'].map(key)
const isText = (value: PDFObject | undefined): value is PDFString | PDFHexString =>
  value instanceof PDFString || value instanceof PDFHexString

const PHOTO_CLEANERS = new Map([
  [key('DCTDecode'), cleanJpeg],
  [key('JPXDecode'), cleanJpeg2000],
])

/** A photo as its camera wrote it, unpacked from what else lies around it. Throws `CannotClean`. */
function cleanPhoto(context: PDFContext, ref: PDFRef, { dict, contents }: PDFRawStream): void {
  const layers = layersOf(context, dict)
  const isPhoto = ({ filter }: Layer) => filter instanceof PDFName && PHOTO_CLEANERS.has(filter)
  if (!layers.some(isPhoto)) return
  const own = layers.pop()!
  const clean = own.filter instanceof PDFName ? PHOTO_CLEANERS.get(own.filter) : undefined
  if (!clean || layers.some(isPhoto)) throw new CannotClean('damaged')
  const cleaned = clean(unpackStream(context, contents, layers))
  if (!cleaned) throw new CannotClean('damaged')
  dict.set(key('Filter'), own.filter)
  if (own.settings instanceof PDFDict) dict.set(key('DecodeParms'), own.settings)
  else dict.delete(key('DecodeParms'))
  context.assign(ref, PDFRawStream.of(dict, cleaned))
}

/** Pictures, fonts, tables and the like: streams that draw nothing by themselves. */
const NOT_DRAWN = ['Length1', 'FunctionType', 'ShadingType'].map(key)
const NOT_DRAWN_KINDS = new Set(['Image', 'Type1C', 'CIDFontType0C', 'OpenType', 'XML'].map(key))

/** What a page, a stamp or a letter draws, with the photos written into it. Throws `CannotClean`. */
function cleanDrawn(context: PDFContext, ref: PDFRef, { dict, contents }: PDFRawStream): void {
  const kind = context.lookup(dict.get(key('Subtype')))
  if ((kind instanceof PDFName && NOT_DRAWN_KINDS.has(kind)) || NOT_DRAWN.some((name) => dict.has(name))) return
  const layers = layersOf(context, dict)
  const isPlain = layers.every(({ filter }) => filter instanceof PDFName && UNPACKED.has(filter))
  // Only pictures are written in other ways.
  if (!isPlain) return
  const cleaned = cleanInlinePhotos(context, unpackStream(context, contents, layers))
  if (!cleaned) return
  dict.set(key('Filter'), key('FlateDecode'))
  dict.delete(key('DecodeParms'))
  context.assign(ref, PDFRawStream.of(dict, deflateSync(cleaned)))
}

const UNPACKED = new Set(['FlateDecode', 'LZWDecode', 'ASCII85Decode', 'ASCIIHexDecode', 'RunLengthDecode'].map(key))

/** What lies around a stream's bytes, outermost first. */
function layersOf(context: PDFContext, dict: PDFDict): Layer[] {
  const settings = listed(context, dict.get(key('DecodeParms')))
  return listed(context, dict.get(key('Filter'))).map((filter, nth) => ({ filter, settings: settings[nth] }))
}

/** One or several, written here or elsewhere. */
function listed(context: PDFContext, object: PDFObject | undefined): PDFObject[] {
  const found = context.lookup(object)
  if (!found) return []
  return found instanceof PDFArray ? found.asArray().map((one) => context.lookup(one) ?? one) : [found]
}
