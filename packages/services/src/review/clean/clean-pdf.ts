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
const ALWAYS = ['Metadata', 'PieceInfo', 'LastModified'].map(key)
/** Of notes, stamps and drawings: who made them and when. A form field's `T` is its name, and stays. */
const OF_NOTES = ['T', 'CreationDate', 'M', 'NM'].map(key)
const OF_SIGNATURES = ['Name', 'ContactInfo', 'Location', 'Reason', 'M', 'Contents', 'Cert', 'Prop_Build'].map(key)

/** One object with the objects written inside it. */
function cleanObject(context: PDFContext, ref: PDFRef, object: PDFObject): void {
  if (object instanceof PDFRawStream && isPhoto(object)) {
    const cleaned = cleanJpeg(object.contents)
    if (!cleaned) throw new CannotClean('damaged')
    context.assign(ref, PDFRawStream.of(object.dict, cleaned))
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
  for (const name of ADDRESSES) if (isOnDisk(context.lookup(dict.get(name)))) dict.delete(name)
  if (dict.has(key('Rect')) && kind !== key('Widget')) for (const name of OF_NOTES) dict.delete(name)
  if (type === key('Sig')) for (const name of OF_SIGNATURES) dict.delete(name)
}

const ADDRESSES = ['URI', 'F', 'UF'].map(key)
/** An address on its writer's own disk. */
const isOnDisk = (value: PDFObject | undefined): boolean =>
  (value instanceof PDFString || value instanceof PDFHexString) && /^\s*file:/i.test(value.decodeText())

/** A photo as its camera wrote it. */
function isPhoto({ dict }: PDFRawStream): boolean {
  const filter = dict.get(key('Filter'))
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.get(0) : filter
  return only === key('DCTDecode')
}
