import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { cleanJpeg, cleanPng } from './clean-image.ts'
import { CannotClean } from './cannot-clean.ts'
import { cleanXml, textOfXml } from './clean-xml.ts'

const MIB = 1024 * 1024
/** Of all that is unpacked, of one XML part, and of all XML parts together. */
const BYTES_AT_MOST = 150 * MIB
const PART_AT_MOST = 20 * MIB
const XML_AT_MOST = 40 * MIB
const PARTS_AT_MOST = 5000
/** Zip files hold a time for every part; this one says nothing. */
const NO_TIME = new Date(1980, 0, 2)

/** A Word or OpenDocument text without who wrote, changed and commented on it. Throws `CannotClean`. */
export function cleanOffice(bytes: Uint8Array, mainPart: string, within?: Unpacked): Uint8Array {
  const unpacked = within ?? { size: 0, xml: 0, count: 0 }
  const parts = unpack(bytes, unpacked)
  if (!parts[mainPart]) throw new CannotClean('damaged')
  const manifest = parts['META-INF/manifest.xml']
  if (manifest && utf8Of(manifest).includes('encryption-data')) throw new CannotClean('encrypted')
  const kept: Zippable = {}
  // OpenDocument wants its type first, as it is.
  if (parts['mimetype']) kept['mimetype'] = [parts['mimetype'], { level: 0 }]
  for (const [name, part] of Object.entries(parts)) {
    if (name === 'mimetype' || name.endsWith('/') || isLeftOut(name)) continue
    kept[name] = cleanPart(name, part, within ? null : unpacked)
  }
  return zipSync(kept, { mtime: NO_TIME })
}

/** The words of a Word or OpenDocument text, its headers, notes and comments included. Throws `CannotClean`. */
export function officeText(bytes: Uint8Array): string {
  const parts = unpack(bytes, { size: 0, xml: 0, count: 0 })
  const texts = Object.entries(parts)
    .filter(([name]) =>
      /^(?:word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|content|styles)\.xml$/.test(name),
    )
    .map(([, part]) => utf8Of(part))
  return texts.map(textOfXml).join('\n')
}

const IS_XML = /\.(?:xml|rels|rdf|svg|psmdcp)$/i

/** What was unpacked so far, in a file and those inside it: bytes, bytes of XML, parts. */
type Unpacked = { size: number; xml: number; count: number }

function unpack(bytes: Uint8Array, sum: Unpacked): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        sum.size += originalSize
        sum.count += 1
        if (IS_XML.test(name)) {
          sum.xml += originalSize
          if (originalSize > PART_AT_MOST || sum.xml > XML_AT_MOST) throw new CannotClean('damaged')
        }
        if (sum.size > BYTES_AT_MOST || sum.count > PARTS_AT_MOST) throw new CannotClean('damaged')
        return true
      },
    })
  } catch (error) {
    throw error instanceof CannotClean ? error : new CannotClean('damaged')
  }
}

/** Previews of a first page with a name on it, and signatures, which name their signer and no longer fit. */
const isLeftOut = (name: string): boolean =>
  /^(?:docProps\/thumbnail\.|Thumbnails\/|_xmlsignatures\/|META-INF\/(?:document|macro)signatures)/.test(name)

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Parts that say nothing but who, when and with what. */
const EMPTY: readonly (readonly [RegExp, string])[] = [
  [
    /^docProps\/core\.xml$|\.psmdcp$/i,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  ],
  [
    /^docProps\/app\.xml$/i,
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  ],
  [
    /^docProps\/custom\.xml$/i,
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
  ],
  [
    /(?:^|\/)meta\.xml$/,
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>',
  ],
]

/** Pictures that may say who made them, and that we cannot read; by name, or by how they begin. */
const OTHER_PICTURE = /\.(?:gif|tiff?|emf|wmf|emz|wmz|webp|heic|heif|avif|svm|svgz|wdp|jxr|pict?|eps)$/i
const OTHER_HEAD = /^(?:GIF8|II\*\0|MM\0\*|\xd7\xcd\xc6\x9a|RIFF[^]{4}WEBP|[^]{40} EMF)/

function cleanPart(name: string, part: Uint8Array, unpacked: Unpacked | null): Uint8Array {
  const empty = EMPTY.find(([pattern]) => pattern.test(name))
  if (empty) return strToU8(XML + empty[1])
  if (part[0] === 0x89 && part[1] === 0x50) return followed(cleanPng(part))
  if (part[0] === 0xff && part[1] === 0xd8) return followed(cleanJpeg(part))
  if (OTHER_PICTURE.test(name) || OTHER_HEAD.test(Buffer.from(part.subarray(0, 44)).toString('latin1')))
    throw new CannotClean('embedded')
  if (/\/embeddings\/|^Object \d+$/.test(name)) return cleanEmbedded(name, part, unpacked)
  if (/^customXml\/item\d+\.xml$/i.test(name)) return cleanCustom(part)
  if (name.toLowerCase().endsWith('.svg')) return strToU8(cleanSvg(utf8Of(part)))
  return IS_XML.test(name) ? strToU8(cleanXml(utf8Of(part))) : part
}

function followed(picture: Uint8Array | null): Uint8Array {
  if (!picture) throw new CannotClean('damaged')
  return picture
}

/** A drawing without its metadata; a photo written inside it would keep its own. */
function cleanSvg(svg: string): string {
  if (/data:image\//i.test(svg)) throw new CannotClean('embedded')
  return cleanXml(svg, (name) => name === 'metadata')
}

/** An XML part as text. Another encoding would hide names from us. */
function utf8Of(part: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(part)
  } catch {
    throw new CannotClean('damaged')
  }
  const said = /^<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.-]+)/.exec(text)?.[1] ?? 'utf-8'
  if (!/^(?:utf-?8|us-ascii)$/i.test(said) || text.includes('\0')) throw new CannotClean('damaged')
  return text
}

/** A table or a chart's numbers, as an office file of its own; what we cannot open may name anybody. */
function cleanEmbedded(name: string, part: Uint8Array, unpacked: Unpacked | null): Uint8Array {
  // A file can hold itself without end; one inside one is as deep as writers go.
  if (!unpacked || !/\.(?:xlsx|xlsm|docx|pptx)$/i.test(name)) throw new CannotClean('embedded')
  return cleanOffice(part, '[Content_Types].xml', unpacked)
}

/** Data of a document server or a cover page; only a bibliography belongs to the text. */
function cleanCustom(part: Uint8Array): Uint8Array {
  return utf8Of(part).includes('/bibliography') ? part : strToU8(`${XML}<empty/>`)
}
