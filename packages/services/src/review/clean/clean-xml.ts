import { CannotClean } from './cannot-clean.ts'
import { cleanField, plainOf } from './clean-field.ts'
import { isOnDisk } from './is-on-disk.ts'

type Tag = Readonly<{ raw: string; name: string; isEnd: boolean; isEmpty: boolean }>

/** One XML part without names, dates and what marks a machine. Takes time in line with its length. Throws `CannotClean`. */
export function cleanXml(xml: string, leftOut: (localName: string) => boolean = () => false): string {
  const out: string[] = []
  const fields = fieldsOf(out)
  // Inside an element whose words or whole self are left out: how deep, and what is said instead.
  let depth = 0
  let instead = ''
  let within = ''
  readXml(xml, {
    text: (text) => {
      if (depth > 0) return
      if (ALONGSIDE.has(within) && isOnDisk(plainOf(text))) return
      if (!fields.text(within, text)) out.push(text)
    },
    tag: (tag) => {
      if (depth > 0) {
        depth += tag.isEnd ? -1 : tag.isEmpty ? 0 : 1
        if (depth === 0 && instead) out.push(instead, tag.raw)
        return
      }
      within = tag.isEnd || tag.isEmpty ? '' : tag.name
      const local = localOf(tag.name)
      if (tag.isEnd) {
        fields.end(local)
        return out.push(tag.raw)
      }
      const isWhole = GONE.has(local) || leftOut(local) || isTrack(tag, local)
      if (!isWhole) out.push(fields.begin(tag, local) ?? (tag.raw.includes('=') ? cleanTag(tag.raw) : tag.raw))
      const said = isWhole ? '' : wordsFor(tag.name, local)
      if (tag.isEmpty || (!isWhole && said === null)) return
      depth = 1
      instead = said ?? ''
    },
  })
  fields.close()
  return out.join('')
}

/** What is said of a picture beside it: in an OpenDocument text, or in a drawing itself. Some writers put the file's place there. */
const ALONGSIDE = new Set(['svg:title', 'svg:desc', 'title', 'desc'])

/** A field of Word, while it is read: where its code stands in what was written, and whether its words are somebody's. */
const FIELDS_DEEP_AT_MOST = 50
type Field = { code: number[]; isCode: boolean; isSimple: boolean; words: string | null }

/**
 * Follows Word's fields through a part: from `begin` over the code, in one run or in pieces, to what it shows and its end; fields lie
 * inside one another. Codes and words that tell of the writer are written anew.
 */
function fieldsOf(out: string[]) {
  const open: Field[] = []
  const settle = (field: Field) => {
    if (!field.isCode) return
    field.isCode = false
    const { code, words } = cleanField(field.code.map((at) => out[at]!).join(''))
    field.words = words
    if (code !== null) for (const [nth, at] of field.code.entries()) out[at] = nth === 0 ? code : ''
  }
  const begun = (field: Field) => {
    if (open.push(field) > FIELDS_DEEP_AT_MOST) throw new CannotClean('damaged')
  }
  const close = (isSimple: boolean) => {
    const field = open.at(-1)
    if (field?.isSimple !== isSimple) return
    settle(field)
    open.pop()
  }
  return {
    /** The tag as it is to be written; null: as any other. */
    begin({ raw, isEmpty }: Tag, local: string): string | null {
      if (local === 'fldChar') {
        const type = attributesOf(raw).find(({ name }) => localOf(name) === 'fldCharType')?.value
        if (type === 'begin') begun({ code: [], isCode: true, isSimple: false, words: null })
        else if (type === 'separate' && open.at(-1)?.isSimple === false) settle(open.at(-1)!)
        else if (type === 'end') close(false)
      }
      if (local !== 'fldSimple') return null
      const instr = attributesOf(raw).find(({ name }) => localOf(name) === 'instr')
      const { code, words } = cleanField(instr?.value ?? '')
      if (!isEmpty) begun({ code: [], isCode: false, isSimple: true, words })
      if (!instr || code === null) return null
      const anew = ` ${instr.name}="${code.replaceAll('"', '&quot;')}"`
      return cleanTag(raw.replace(instr.raw, () => anew))
    },
    end: (local: string) => local === 'fldSimple' && close(true),
    /** True when it was written, as it is or otherwise. */
    text(within: string, text: string): boolean {
      const local = localOf(within)
      if (local === 'instrText' || local === 'delInstrText') {
        const field = open.findLast(({ isCode }) => isCode)
        // A piece of a code whose beginning lies in another part is judged by itself.
        out.push(field ? text : (cleanField(text).code ?? text))
        field?.code.push(out.length - 1)
        return true
      }
      if (local !== 't' && local !== 'delText') return false
      const field = open.find(({ words }) => words !== null)
      if (!field) return false
      out.push(field.words!)
      field.words = ''
      return true
    },
    close: () => open.forEach(settle),
  }
}

const NEW_LINE = new Set(['w:p', 'w:br', 'w:tab', 'text:p', 'text:h', 'text:tab', 'text:line-break'])

/** The words of an XML part, a line for each paragraph. Throws `CannotClean`. */
export function textOfXml(xml: string): string {
  const out: string[] = []
  readXml(xml, {
    text: (text) => out.push(text),
    tag: ({ name, isEnd }) => !isEnd && NEW_LINE.has(name) && out.push('\n'),
  })
  return out
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/**
 * Walks through once, each search going on where the one before ended. Comments and types are passed over; what is not
 * closed, and a type with entities of its own, cannot be followed.
 */
function readXml(
  xml: string,
  { text, tag }: Readonly<{ text: (text: string) => unknown; tag: (tag: Tag) => unknown }>,
): void {
  const after = (mark: string, from: number) => {
    const at = xml.indexOf(mark, from)
    if (at < 0) throw new CannotClean('damaged')
    return at + mark.length
  }
  let at = 0
  while (at < xml.length) {
    const open = xml.indexOf('<', at)
    if (open !== at) text(xml.slice(at, open < 0 ? xml.length : open))
    if (open < 0) return
    if (xml.startsWith('<!--', open)) at = after('-->', open)
    else if (xml.startsWith('<![CDATA[', open)) {
      at = after(']]>', open)
      text(xml.slice(open, at))
    } else if (xml.startsWith('<?', open)) {
      at = after('?>', open)
      if (open === 0) text(xml.slice(open, at))
    } else if (xml.startsWith('<!', open)) {
      at = after('>', open)
      if (xml.slice(open, at).includes('[')) throw new CannotClean('damaged')
    } else {
      at = endOfTag(xml, open)
      tag(tagOf(xml.slice(open, at)))
    }
  }
}

/** Right after the tag's `>`; one in a quoted value ends nothing. */
function endOfTag(xml: string, open: number): number {
  for (let at = open + 1; at < xml.length; at++) {
    const char = xml[at]!
    if (char === '>') return at + 1
    if (char === '<') break
    if (char !== '"' && char !== "'") continue
    at = xml.indexOf(char, at + 1)
    if (at < 0) break
  }
  throw new CannotClean('damaged')
}

const NAME = /<\/?([^\s/<>"'=]+)/y
function tagOf(raw: string): Tag {
  NAME.lastIndex = 0
  const name = NAME.exec(raw)?.[1]
  if (!name) throw new CannotClean('damaged')
  return { raw, name, isEnd: raw[1] === '/', isEmpty: raw.at(-2) === '/' }
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1)

/** What tells one writer's documents, machines and folders from another's. */
const GONE = new Set(['rsids', 'attachedTemplate', 'docVars', 'docId', 'mailMerge', 'person', 'absPath', 'cmAuthor'])

const CONFIG = /^(?:Printer\w*|RdfDocumentId|Rsid\w*|Current\w+|Embedded\w*Author)$/
function isTrack({ raw, name }: Tag, local: string): boolean {
  if (name === 'config:config-item') return attributesOf(raw).some((one) => CONFIG.test(one.value))
  if (local === 'Relationship')
    return attributesOf(raw).some(({ value }) => /\/(?:thumbnail|digital-signature\/\w+)$/.test(value))
  if (name !== 'manifest:file-entry') return false
  return attributesOf(raw).some(({ value }) => /^(?:Thumbnails\/|META-INF\/\w+signatures)/.test(value))
}

/** What stands in an element instead of somebody's name or a date; null where its own words stay. */
function wordsFor(name: string, local: string): string | null {
  if (/^(?:author|creator|author-name|initial-creator|sender-[\w-]+)$/.test(local)) return 'Author'
  if (local === 'creator-initials' || local === 'author-initials') return 'A'
  return name === 'dc:date' ? '1970-01-01T00:00:00' : null
}

type Attribute = Readonly<{ raw: string; name: string; value: string }>

const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')/y
const REST = /\s*\/?>$/y
function attributesOf(tag: string): Attribute[] {
  const found: Attribute[] = []
  NAME.lastIndex = 0
  NAME.exec(tag)
  ATTRIBUTE.lastIndex = NAME.lastIndex
  for (let at = NAME.lastIndex; ;) {
    const next = ATTRIBUTE.exec(tag)
    if (!next) {
      REST.lastIndex = at
      if (!REST.test(tag)) throw new CannotClean('damaged')
      return found
    }
    at = ATTRIBUTE.lastIndex
    found.push({ raw: next[0], name: next[1]!, value: next[2]!.slice(1, -1) })
  }
}

function cleanTag(tag: string): string {
  const attributes = attributesOf(tag)
  const cleaned = attributes.map(cleanAttribute)
  if (cleaned.every((text, at) => text === attributes[at]!.raw)) return tag
  return `${/^<[^\s/>]+/.exec(tag)![0]}${cleaned.join('')}${tag.endsWith('/>') ? '/>' : '>'}`
}

/** Prefixed names alone for dates, so that no attribute of that plain name elsewhere is touched. */
function cleanAttribute({ raw, name, value }: Attribute): string {
  const local = localOf(name)
  const isPrefixed = local !== name
  if (isPrefixed && /^(?:date|dateUtc|rsid\w*|paragraph-rsid|docname|export-filename)$/.test(local)) return ''
  if (isOnDisk(value)) return ` ${name}="file:///work"`
  // The author of a book in a bibliography is no author of the text.
  if (name.startsWith('text:')) return raw
  if (/^(?:author|displayName|lastModifiedBy)$/.test(local)) return ` ${name}="Author"`
  if (local === 'initials') return ` ${name}="A"`
  return local === 'userId' || local === 'providerId' ? ` ${name}="None"` : raw
}
