import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { cleanJpeg, cleanPng } from './clean-image.ts'
import { CannotClean } from './cannot-clean.ts'

const BYTES_AT_MOST = 150 * 1024 * 1024
const PARTS_AT_MOST = 5000
/** Zip files hold a time for every part; this one says nothing. */
const NO_TIME = new Date(1980, 0, 2)

/** A Word or OpenDocument text without who wrote, changed and commented on it. Throws `CannotClean`. */
export function cleanOffice(bytes: Uint8Array, mainPart: string): Uint8Array {
  const parts = unpack(bytes)
  if (!parts[mainPart]) throw new CannotClean('damaged')
  const manifest = parts['META-INF/manifest.xml']
  if (manifest && strFromU8(manifest).includes('encryption-data')) throw new CannotClean('encrypted')
  const kept: Zippable = {}
  // OpenDocument wants its type first, as it is.
  if (parts['mimetype']) kept['mimetype'] = [parts['mimetype'], { level: 0 }]
  for (const [name, part] of Object.entries(parts)) {
    if (name === 'mimetype' || name.endsWith('/') || isLeftOut(name)) continue
    kept[name] = cleanPart(name, part)
  }
  return zipSync(kept, { mtime: NO_TIME })
}

/** The words of a Word or OpenDocument text, its headers, notes and comments included. Throws `CannotClean`. */
export function officeText(bytes: Uint8Array): string {
  const parts = unpack(bytes)
  const texts = Object.entries(parts)
    .filter(([name]) =>
      /^(?:word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|content|styles)\.xml$/.test(name),
    )
    .map(([, part]) => strFromU8(part))
  return texts.map(textOfXml).join('\n')
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let size = 0
  let count = 0
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize
        count += 1
        if (size > BYTES_AT_MOST || count > PARTS_AT_MOST) throw new CannotClean('damaged')
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
    /^docProps\/core\.xml$/,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  ],
  [
    /^docProps\/app\.xml$/,
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  ],
  [
    /^docProps\/custom\.xml$/,
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
  ],
  [
    /(?:^|\/)meta\.xml$/,
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>',
  ],
]

function cleanPart(name: string, part: Uint8Array): Uint8Array {
  const empty = EMPTY.find(([pattern]) => pattern.test(name))
  if (empty) return strToU8(XML + empty[1])
  if (part[0] === 0x89 && part[1] === 0x50) return cleanPng(part) ?? part
  if (part[0] === 0xff && part[1] === 0xd8) return cleanJpeg(part) ?? part
  if (/\/embeddings\/|^Object \d+$/.test(name)) return cleanEmbedded(name, part)
  if (/^customXml\/item\d+\.xml$/.test(name)) return cleanCustom(part)
  return /\.(?:xml|rels|rdf)$/.test(name) ? strToU8(cleanXml(strFromU8(part))) : part
}

/** A table or a chart's numbers, as an office file of its own; what we cannot open may name anybody. */
function cleanEmbedded(name: string, part: Uint8Array): Uint8Array {
  if (!/\.(?:xlsx|xlsm|docx|pptx)$/i.test(name)) throw new CannotClean('embedded')
  return cleanOffice(part, '[Content_Types].xml')
}

/** Data of a document server or a cover page; only a bibliography belongs to the text. */
function cleanCustom(part: Uint8Array): Uint8Array {
  return strFromU8(part).includes('/bibliography') ? part : strToU8(`${XML}<empty/>`)
}

const VALUE = `(?:"[^"]*"|'[^']*')`
const attribute = (names: string) => new RegExp(`(\\s(?:(?!text:)[\\w.-]+:)?(?:${names})=)${VALUE}`, 'g')
const element = (names: string) => new RegExp(`(<((?:[\\w.-]+:)?(?:${names}))(?:\\s[^>]*)?>)[^<]*(</\\2>)`, 'g')
const whole = (names: string) => new RegExp(`<((?:[\\w.-]+:)?(?:${names}))(?:\\s[^>]*?)?(?:/>|>[\\s\\S]*?</\\1>)`, 'g')
/** Prefixed, so that no attribute of that plain name elsewhere is touched. */
const prefixed = (names: string) => new RegExp(`\\s[\\w.-]+:(?:${names})=${VALUE}`, 'g')

const NAMED = [
  // Comments and tracked changes of Word; Excel's and PowerPoint's people.
  [attribute('author|displayName|lastModifiedBy'), '$1"Author"'],
  [attribute('initials'), '$1"A"'],
  [attribute('userId|providerId'), '$1"None"'],
  [element('author'), '$1Author$3'],
  // OpenDocument's comments, tracked changes and fields.
  [element('creator|author-name|initial-creator|sender-[\\w-]+'), '$1Author$3'],
  [element('creator-initials|author-initials'), '$1A$3'],
] as const
const DATES = [
  [prefixed('date|dateUtc'), ''],
  [new RegExp(`(<(dc:date)>)[^<]*(</\\2>)`, 'g'), '$11970-01-01T00:00:00$3'],
] as const
/** What tells one writer's documents, machines and folders from another's. */
const TRACKS = [
  [prefixed('rsid\\w*|paragraph-rsid'), ''],
  [whole('rsids|attachedTemplate|docVars|docId|mailMerge|person|absPath|cmAuthor'), ''],
  [
    /<config:config-item [^>]*config:name="(?:Printer\w*|RdfDocumentId|Rsid\w*|Current\w+|Embedded\w*Author)"[^>]*?(?:\/>|>[^<]*<\/config:config-item>)/g,
    '',
  ],
  [/(\sTarget=)"file:[^"]*"/g, '$1"file:///work"'],
  [/<Relationship [^>]*\/(?:thumbnail|digital-signature\/\w+)"[^>]*\/>/g, ''],
  [/<manifest:file-entry [^>]*manifest:full-path="(?:Thumbnails\/|META-INF\/\w+signatures)[^>]*\/>/g, ''],
] as const

const cleanXml = (xml: string): string =>
  [...NAMED, ...DATES, ...TRACKS].reduce((text, [pattern, by]) => text.replace(pattern, by), xml)

const textOfXml = (xml: string): string =>
  xml
    .replaceAll(/<(?:w:p|w:br|w:tab|text:p|text:h|text:tab|text:line-break)\b[^>]*>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
