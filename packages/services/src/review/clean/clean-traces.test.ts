import { deflateSync } from 'node:zlib'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { cleanFile } from './clean-file.ts'
import { readFileText } from './read-file-text.ts'

const PDF = 'application/pdf'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const ODT = 'application/vnd.oasis.opendocument.text'

async function cleaned(type: string, bytes: Uint8Array): Promise<Uint8Array> {
  const result = await cleanFile(type, bytes)
  if (!result.ok || !result.value) throw new Error(result.ok ? 'left as it is' : result.refusal.facts.why)
  return result.value
}
const whyNot = async (type: string, bytes: Uint8Array) => {
  const result = await cleanFile(type, bytes)
  return result.ok ? null : result.refusal.facts.why
}
const partOf = (bytes: Uint8Array, name: string) => strFromU8(unzipSync(bytes)[name]!)

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const docx = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${W}><w:body>${body}</w:body></w:document>`),
  })
const run = (inside: string) => `<w:r>${inside}</w:r>`
const char = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`)
const code = (...pieces: string[]) =>
  pieces.map((piece) => run(`<w:instrText xml:space="preserve">${piece}</w:instrText>`)).join('')
const words = (...said: string[]) => said.map((one) => run(`<w:t>${one}</w:t>`)).join('')
const field = (codes: string, shown: string) => `${char('begin')}${codes}${char('separate')}${shown}${char('end')}`
const bodyAfter = async (body: string) => partOf(await cleaned(DOCX, docx(`<w:p>${body}</w:p>`)), 'word/document.xml')

describe('the fields of a Word text', () => {
  const desk = String.raw` INCLUDEPICTURE "C:\\Users\\janedoe\\desk.png" \* MERGEFORMAT `
  it.each([
    ['a picture’s place', field(code(desk), words('picture')), ' INCLUDEPICTURE "file:///work" '],
    [
      'one written in pieces',
      field(code(' INCLUDEPICTURE "C:', String.raw`\\Users\\jane`, 'doe\\desk.png"'), ''),
      'INCLUDEPICTURE',
    ],
    [
      'one with its letters as numbers',
      field(code(' LINK Excel.Sheet &quot;C&#58;&#x5c;janedoe.xls&quot;'), ''),
      ' LINK "file:///work" ',
    ],
    [
      'a file beside the text',
      field(code(' INCLUDETEXT "Jane janedoe/plan.docx" '), ''),
      ' INCLUDETEXT "file:///work" ',
    ],
    [
      'a link to a disk',
      field(code(String.raw` HYPERLINK "file:///home/janedoe/a.pdf" `), words('the plan')),
      'the plan',
    ],
    ['a code that begins in no run', code(desk), 'INCLUDEPICTURE "file:///work"'],
    ['one left open', char('begin') + code(desk), 'INCLUDEPICTURE "file:///work"'],
    [
      'a simple field',
      `<w:fldSimple w:instr="${desk.replaceAll('"', '&quot;')}">${words('picture')}</w:fldSimple>`,
      'picture',
    ],
    [
      'one kept as deleted',
      `${char('begin')}<w:r><w:delInstrText>${desk}</w:delInstrText></w:r>${char('end')}`,
      'INCLUDEPICTURE',
    ],
  ])('lose %s and keep what they show', async (_what, body, kept) => {
    const after = await bodyAfter(body)
    expect(after).not.toMatch(/janedoe|jane|&#/)
    expect(after).toContain(kept)
  })

  it.each(['AUTHOR', 'LASTSAVEDBY \\* Upper', 'USERNAME "Jane Doe"', 'DOCPROPERTY "Author"', 'INFO LastSavedBy'])(
    '%s says no name, whether it is simple or in parts',
    async (name) => {
      const said = name.replaceAll('"', '&quot;')
      const simple = `<w:fldSimple w:instr=" ${said} ">${words('Jane', ' Doe')}</w:fldSimple>`
      for (const body of [simple, field(code(` ${said} `), words('Jane', ' Doe'))]) {
        const after = await bodyAfter(`${words('By ')}${body}${words(' in May')}`)
        expect(after).not.toMatch(/Jane|Doe/)
        expect(await readFileText(DOCX, docx(after))).toMatch(/By .*Author in May/)
      }
    },
  )

  it('stay as they are where they tell of nobody: pages, links to the web, one field inside another', async () => {
    const link = ' HYPERLINK "https://riverside.example/home/plan" \\l "top" '
    const inner = field(code(' PAGE '), words('3'))
    const body = `${field(code(link), words('the plan'))}${field(code(' IF ') + inner + code(' = 1 "first" '), words('first'))}`
    expect(await bodyAfter(body)).toContain(body)
    expect(
      await bodyAfter(field(code(' IF ') + field(code(' AUTHOR '), words('Jane')) + code(' = "" '), words('x'))),
    ).toMatch(/ IF .*AUTHOR.*>Author<.* = "" .*>x</)
  })

  it('are refused where they lie inside one another without end', async () => {
    expect(await whyNot(DOCX, docx(char('begin').repeat(60)))).toBe('damaged')
  })
})

it('an OpenDocument text loses the places its pictures came from, and keeps what is said of them', async () => {
  const odt = (said: string) =>
    zipSync({ mimetype: [strToU8(ODT), { level: 0 }], 'content.xml': strToU8(`<office:text>${said}</office:text>`) })
  const picture = (title: string, text: string) =>
    `<draw:frame><draw:image/><svg:title>${title}</svg:title><svg:desc>${text}</svg:desc></draw:frame>`
  const told = picture(String.raw`C:\Users\janedoe\desk.png`, 'file:///home/janedoe/desk.png')
  const after = partOf(await cleaned(ODT, odt(told + picture('A desk', 'in/out, by the door'))), 'content.xml')
  expect(after).not.toContain('janedoe')
  expect(after).toContain('<svg:title></svg:title><svg:desc></svg:desc>')
  expect(after).toContain('<svg:title>A desk</svg:title><svg:desc>in/out, by the door</svg:desc>')
  // Words of the text are its author's own to leave or take out.
  expect(partOf(await cleaned(ODT, odt('<text:p>/home/janedoe</text:p>')), 'content.xml')).toContain('janedoe')
})

const segment = (marker: number, said: string) => {
  const size = said.length + 2
  return Buffer.concat([Buffer.from([0xff, marker, size >> 8, size & 255]), Buffer.from(said, 'latin1')])
}
const photo = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  segment(0xe1, 'Exif\0\0MM\0*\0\0\0\x08\0\0 Artist Jane Doe'),
  segment(0xfe, 'by Jane EI Doe'),
  segment(0xdb, 'tables'),
  segment(0xda, '\x01\x01\0\0\x3f\0'),
  Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]),
])

async function pdfDrawing(content: Buffer, more: Record<string, string> = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([300, 300])
  const stream = PDFRawStream.of(pdf.context.obj({ Length: content.length, ...more }), content)
  page.node.set(PDFName.of('Contents'), pdf.context.register(stream))
  return Buffer.from(await pdf.save({ useObjectStreams: false }))
}
/** Every stream of it, unpacked by the test's own hands. */
async function drawnIn(bytes: Uint8Array): Promise<string> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const { inflateSync } = await import('node:zlib')
  return pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []))
    .map(({ dict, contents }) => {
      const isFlat = dict.get(PDFName.of('Filter')) === PDFName.of('FlateDecode')
      return Buffer.from(isFlat ? inflateSync(contents) : contents).toString('latin1')
    })
    .join('\n')
}
const drawing = (said: string, data: Buffer) =>
  Buffer.concat([
    Buffer.from(`q 90 0 0 90 0 0 cm\nBI ${said} ID `),
    data,
    Buffer.from('\nEI Q\nBI /W 1 /H 1 /BPC 8 /CS /G ID x EI\nBT (BI ID EI) Tj ET'),
  ])
const ascii85 = (bytes: Buffer) => {
  let out = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const four = Buffer.concat([bytes.subarray(at, at + 4), Buffer.alloc(4)]).readUInt32BE(0)
    const count = Math.min(4, bytes.length - at) + 1
    const letters = [4, 3, 2, 1, 0].map((power) => String.fromCharCode(33 + (Math.floor(four / 85 ** power) % 85)))
    out += four === 0 && count === 5 ? 'z' : letters.slice(0, count).join('')
  }
  return Buffer.from(`${out}~>`)
}

describe('a photo written into a page of a PDF', () => {
  it.each([
    ['as it is', '/W 9 /H 9 /BPC 8 /CS /RGB /F /DCT', photo],
    ['by its long name', '/Width 9/Height 9/Filter/DCTDecode', photo],
    ['in letters', '/W 9 /H 9 /F [/A85 /DCT]', ascii85(photo)],
    ['packed', '/W 9 /H 9 /F [/Fl /DCT] /DP [null null]', deflateSync(photo)],
  ])('loses its maker: %s', async (_how, said, data) => {
    for (const isPacked of [false, true]) {
      const content = drawing(said, data)
      const before = await pdfDrawing(
        isPacked ? deflateSync(content) : content,
        isPacked ? { Filter: 'FlateDecode' } : {},
      )
      const after = await drawnIn(await cleaned(PDF, before))
      expect(after).not.toMatch(/Jane|Doe|Exif/)
      expect(after).toContain('tables')
      expect(after).toMatch(/\/F \/DCT\s+ID \xff\xd8/)
      expect(after).toContain('EI Q\nBI /W 1 /H 1 /BPC 8 /CS /G ID x EI\nBT (BI ID EI) Tj ET')
    }
  })

  it('is refused where it cannot be followed to its end', async () => {
    expect(await whyNot(PDF, await pdfDrawing(drawing('/F /DCT', Buffer.from('Jane'))))).toBe('damaged')
    expect(await whyNot(PDF, await pdfDrawing(Buffer.from('BI /F /DCT')))).toBe('damaged')
    expect(await whyNot(PDF, await pdfDrawing(drawing('/F [/Fl /DCT]', photo)))).toBe('damaged')
  })

  it('leaves a page without one as it was written', async () => {
    const content = Buffer.from('BT (DCT is a transform) Tj ET')
    expect(await drawnIn(await cleaned(PDF, await pdfDrawing(content)))).toContain(content.toString())
  })
})

/** Rows written as PNG does, each in another way. */
function inRows(bytes: Buffer, columns: number, colors: number): Buffer {
  const row = columns * colors
  const padded = Buffer.concat([bytes, Buffer.alloc((row - (bytes.length % row)) % row)])
  const rows: Buffer[] = []
  for (let nth = 0; nth * row < padded.length; nth++) {
    const way = nth % 5
    const at = (place: number, line = nth) => (place < 0 || line < 0 ? 0 : padded[line * row + place]!)
    const here = Buffer.alloc(row + 1)
    here[0] = way
    for (let place = 0; place < row; place++) {
      const [left, up, corner] = [
        at(place - colors),
        at(place, nth - 1),
        place < colors ? 0 : at(place - colors, nth - 1),
      ]
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
      const nearest = a <= b && a <= c ? left : b <= c ? up : corner
      here[place + 1] = at(place) - [0, left, up, (left + up) >> 1, nearest][way]!
    }
    rows.push(here)
  }
  return Buffer.concat(rows)
}

describe('a photo packed by what differs from its neighbours', () => {
  const packed = async (bytes: Buffer, settings: object, filter: string[] = ['FlateDecode', 'DCTDecode']) => {
    const pdf = await PDFDocument.create()
    const page = pdf.addPage()
    const dict = pdf.context.obj({ Subtype: 'Image', Filter: filter, DecodeParms: [{ ...settings }, {}] })
    page.node.set(PDFName.of('Seen'), pdf.context.register(PDFRawStream.of(dict, deflateSync(bytes))))
    return pdf.save({ useObjectStreams: false })
  }

  it.each([
    ['as PNG does', inRows(photo, 5, 3), { Predictor: 15, Columns: 5, Colors: 3 }],
    ['as PNG does, in narrow rows', inRows(photo, 1, 1), { Predictor: 12 }],
    [
      'as TIFF does',
      Buffer.from(photo.map((byte, at) => (at % 7 ? byte - photo[at - 1]! : byte))),
      { Predictor: 2, Columns: 7 },
    ],
    ['in no such way', photo, { Predictor: 1 }],
  ])('is unpacked and loses its maker: %s', async (_how, bytes, settings) => {
    const after = await drawnIn(await cleaned(PDF, await packed(bytes, settings)))
    expect(after).not.toMatch(/Jane|Doe/)
    expect(after).toContain('tables')
  })

  it('is refused where its rows say what no writer says', async () => {
    expect(await whyNot(PDF, await packed(Buffer.alloc(60, 9), { Predictor: 15, Columns: 5 }))).toBe('damaged')
    expect(await whyNot(PDF, await packed(photo, { Predictor: 2, BitsPerComponent: 4, Columns: 5 }))).toBe('damaged')
    expect(await whyNot(PDF, await packed(photo, { Predictor: 15, Columns: 0 }))).toBe('damaged')
  })
})
