import { deflateSync } from 'node:zlib'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { cleanFile } from './clean-file.ts'
import { readFileText } from './read-file-text.ts'

const PDF = 'application/pdf'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const ODT = 'application/vnd.oasis.opendocument.text'
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

async function cleaned(type: string, bytes: Uint8Array): Promise<Uint8Array> {
  const result = await cleanFile(type, bytes)
  if (!result.ok || !result.value) throw new Error(result.ok ? 'left as it is' : result.refusal.facts.why)
  return result.value
}
const whyNot = async (type: string, bytes: Uint8Array) => {
  const result = await cleanFile(type, bytes)
  return result.ok ? null : result.refusal.facts.why
}

async function pdfByAna(change: (pdf: PDFDocument) => void = () => {}): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([300, 300])
  page.drawText('The desk opens in May.')
  pdf.setAuthor('Ana Okonjo')
  pdf.setCreator('Word of Ana')
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(pdf.context.stream('<dc:creator>Ana</dc:creator>')))
  const note = { Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9] }
  page.node.addAnnot(
    pdf.context.register(
      pdf.context.obj({ ...note, T: PDFString.of('Ana Okonjo'), Contents: PDFString.of('Look here') }),
    ),
  )
  change(pdf)
  return pdf.save({ useObjectStreams: false })
}
const plainly = async (pdf: Uint8Array) =>
  latin(await (await PDFDocument.load(pdf, { updateMetadata: false })).save({ useObjectStreams: false }))

describe('a PDF', () => {
  it('loses its information, its XMP and who commented, and keeps its words and its comment', async () => {
    const before = await pdfByAna()
    expect(latin(before)).toMatch(/Ana Okonjo|dc:creator/)
    const after = await cleaned(PDF, before)
    expect(await plainly(after)).not.toMatch(/Ana|dc:creator|CreationDate|\/Info|\/ID|Producer/)
    expect(await plainly(after)).toContain('Look here')
    expect(await readFileText(PDF, after)).toContain('The desk opens in May.')
  })

  it('loses the state it was saved over', async () => {
    const first = latin(await pdfByAna())
    const pages = first.match(/(\d+) 0 obj\n<<\s*\/Type \/Pages/)![1]
    // A later state of the file names another information object; the one before is still in it.
    const saved = `${first}\n90 0 obj\n<</Author (Secret Ana)>>\nendobj\n91 0 obj\n<</Type /Catalog /Pages ${pages} 0 R>>\nendobj\ntrailer\n<</Root 91 0 R /Info 90 0 R>>\nstartxref\n0\n%%EOF`
    expect(await plainly(await cleaned(PDF, Buffer.from(saved, 'latin1')))).not.toMatch(/Ana/)
  })

  it('loses what TeX and layers say of the files that pictures came from', async () => {
    const before = await pdfByAna((pdf) => {
      const { context } = pdf
      const words = (of: string) => PDFString.of(of)
      const form = context.stream('', {
        Subtype: 'Form',
        'PTEX.FileName': words('/home/okonjo/plot.pdf'),
        'PTEX.InfoDict': context.register(context.obj({ Author: words('Ana Okonjo'), Keywords: words('okonjo') })),
      })
      const layer = { Type: 'OCG', Usage: { CreatorInfo: { Creator: words('Ana’s pen') } }, Creator: words('Ana') }
      const resources = context.obj({ Font: { Author: { Type: 'Font', BaseFont: 'Seen' } } })
      pdf.getPage(0).node.set(PDFName.of('Seen'), context.obj([context.register(form), layer, resources]))
    })
    const after = await plainly(await cleaned(PDF, before))
    expect(after).not.toMatch(/Ana|okonjo|PTEX|CreatorInfo/)
    expect(after).toContain('/BaseFont /Seen')
  })

  it('unpacks a photo from what lies around it, and takes its maker out', async () => {
    const withPhoto = (photo: Uint8Array, filter: string[]) =>
      pdfByAna((pdf) => {
        const { context } = pdf
        const filters = context.register(context.obj(filter))
        const stream = PDFRawStream.of(context.obj({ Subtype: 'Image', Filter: filters }), photo)
        pdf.getPage(0).node.set(PDFName.of('Seen'), context.register(stream))
      })
    const photo = jpeg(segment(0xe1, exif(1)), segment(0xdb, Buffer.from('tables')))
    for (const [bytes, filter] of [
      [photo, ['DCTDecode']],
      [deflateSync(photo), ['FlateDecode', 'DCTDecode']],
    ] as const) {
      const after = await plainly(await cleaned(PDF, await withPhoto(bytes, [...filter])))
      expect(after).toContain('tables')
      expect(after).not.toMatch(/Ana/)
    }
    expect(await whyNot(PDF, await withPhoto(deflateSync(photo), ['DCTDecode', 'FlateDecode']))).toBe('damaged')
    const wavelets = Buffer.from(
      'ff4f ff64 0008 0001 416e6161 ff90 000a 0000 00000000 0001 ff93 07 ffd9'.replaceAll(' ', ''),
      'hex',
    )
    const box = (type: string, said: Buffer) => {
      const head = Buffer.from(`\0\0\0\0${type}`)
      head.writeUInt32BE(8 + said.length)
      return Buffer.concat([head, said])
    }
    const boxes = Buffer.concat([
      box('jp2h', Buffer.from('looks')),
      box('uuid', Buffer.from('Ana')),
      box('jp2c', wavelets),
    ])
    for (const bytes of [boxes, wavelets]) {
      const after = await plainly(await cleaned(PDF, await withPhoto(bytes, ['JPXDecode'])))
      expect(after.includes('looks')).toBe(bytes === boxes)
      expect(after).not.toMatch(/Ana/)
    }
    expect(await whyNot(PDF, await withPhoto(Buffer.from('by Ana'), ['JPXDecode']))).toBe('damaged')
  })

  it('keeps links to the web and loses those to its writer’s disk', async () => {
    const link = (to: string) => ({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: { URI: PDFString.of(to) } })
    const before = await pdfByAna((pdf) => {
      for (const to of ['file:///C:/Users/Ana/plan.pdf', '/C/Users/Ana/plan.pdf', 'https://riverside.example/'])
        pdf.getPage(0).node.addAnnot(pdf.context.register(pdf.context.obj(link(to))))
    })
    const after = await plainly(await cleaned(PDF, before))
    expect(after).not.toContain('Users')
    expect(after).toContain('https://riverside.example/')
  })

  it('is refused with the reason where its author cannot be taken out', async () => {
    expect(await whyNot(PDF, strToU8('%PDF-1.7 and no more'))).toBe('damaged')
    const withFile = await PDFDocument.create()
    withFile.addPage()
    await withFile.attach(strToU8('by Ana'), 'ana.txt')
    expect(await whyNot(PDF, await withFile.save())).toBe('attachments')
    const withSpec = await pdfByAna((pdf) => {
      const file = pdf.context.register(pdf.context.stream('by Ana'))
      pdf.catalog.set(PDFName.of('AF'), pdf.context.obj([{ EF: { F: file } }]))
    })
    expect(await whyNot(PDF, withSpec)).toBe('attachments')
    const withPhoto = await pdfByAna((pdf) => {
      const photo = pdf.context.stream('by Ana', { Subtype: 'Image', Filter: 'DCTDecode' })
      pdf.getPage(0).node.set(PDFName.of('Seen'), pdf.context.register(photo))
    })
    expect(await whyNot(PDF, withPhoto)).toBe('damaged')
    const locked = await pdfByAna((pdf) => {
      pdf.context.trailerInfo.Encrypt = pdf.context.obj({ Filter: 'Standard', V: 1 })
    })
    expect(await whyNot(PDF, locked)).toBe('encrypted')
  })
})

const everyPart = (bytes: Uint8Array) =>
  Object.entries(unzipSync(bytes))
    .map(([name, part]) => `${name}\n${strFromU8(part)}`)
    .join('\n')

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const docx = (more: Record<string, Uint8Array> = {}) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': strToU8(
      '<Relationships><Relationship Id="r9" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
    ),
    'docProps/core.xml': strToU8('<cp:coreProperties><dc:creator>Ana Okonjo</dc:creator></cp:coreProperties>'),
    'docProps/app.xml': strToU8('<Properties><Company>Riverside</Company><Manager>Ana</Manager></Properties>'),
    'docProps/custom.xml': strToU8('<Properties><property name="Student">Ana</property></Properties>'),
    'docProps/thumbnail.jpeg': strToU8('Ana'),
    'word/document.xml': strToU8(
      `<w:document ${W}><w:body><w:p w:rsidR="00A1" w14:paraId="1"><w:ins w:id="1" w:author="Ana Okonjo" w:date="2026-02-28T09:00:00Z"><w:r><w:t>One &amp; only desk</w:t></w:r></w:ins></w:p></w:body></w:document>`,
    ),
    'word/comments.xml': strToU8(
      `<w:comments><w:comment w:id="0" w:author='Ana "A" Okonjo' w:initials="AO"><w:p><w:r><w:t>Check this</w:t></w:r></w:p></w:comment></w:comments>`,
    ),
    'word/people.xml': strToU8(
      '<w15:people><w15:person w15:author="Ana Okonjo"><w15:presenceInfo w15:providerId="AD" w15:userId="ana@riverside.example"/></w15:person></w15:people>',
    ),
    'word/settings.xml': strToU8(
      '<w:settings><w:attachedTemplate r:id="r1"/><w:rsids><w:rsid w:val="00A1"/></w:rsids><w15:docId w15:val="{ANA}"/><w:zoom w:percent="100"/></w:settings>',
    ),
    'word/_rels/settings.xml.rels': strToU8('<Relationship Id="r1" Target="file:///C:/Users/Ana/Normal.dotm"/>'),
    ...more,
  })

describe('a Word text', () => {
  it('loses its properties, the names of those who changed and commented on it, and what marks its machine', async () => {
    const before = docx()
    const after = await cleaned(DOCX, before)
    expect(everyPart(after)).not.toMatch(/Ana|ANA|AO"|Okonjo|Riverside|rsid|2026|thumbnail/)
    expect(everyPart(after)).toContain('w:author="Author"')
    expect(everyPart(after)).toContain('<w:zoom w:percent="100"/>')
    expect(await readFileText(DOCX, after)).toContain('One & only desk')
    expect(await readFileText(DOCX, after)).toContain('Check this')
    // Zip files hold a time for every part; all are the same.
    expect(latin(await cleaned(DOCX, before))).toBe(latin(after))
  })

  it('cleans a table inside it, and is refused with something inside it that cannot be opened', async () => {
    const table = zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'docProps/core.xml': strToU8('<dc:creator>Ana</dc:creator>'),
      'xl/workbook.xml': strToU8('<workbook><x15ac:absPath url="C:\\Users\\Ana\\"/></workbook>'),
    })
    const after = await cleaned(DOCX, docx({ 'word/embeddings/sheet1.xlsx': table }))
    expect(everyPart(unzipSync(after)['word/embeddings/sheet1.xlsx']!)).not.toMatch(/Ana/)
    const inTwo = docx({ 'word/embeddings/a.docx': docx({ 'word/embeddings/a.docx': docx() }) })
    expect(await whyNot(DOCX, inTwo)).toBe('embedded')
    expect(await whyNot(DOCX, docx({ 'word/embeddings/oleObject1.bin': strToU8('Ana') }))).toBe('embedded')
    expect(await whyNot(DOCX, zipSync({ 'readme.txt': strToU8('no text') }))).toBe('damaged')
    expect(await whyNot(DOCX, strToU8('PK nothing'))).toBe('damaged')
  })
})

it('a Word text loses the folders its pictures and templates came from, and keeps its links', async () => {
  const kept = 'https://riverside.example/home/plan'
  const folders = [
    String.raw`C:\Users\janedoe\desk.png`,
    'c:/work/janedoe',
    String.raw`\\fs01\home\janedoe\Normal.dotm`,
    '/Users/janedoe/desk.png',
    '../../home/janedoe/desk.png',
    'Macintosh HD:Users:janedoe:desk.png',
    String.raw`Seen in D:\janedoe`,
  ]
  const told = folders.map((of) => `<wp:docPr id="1" name="Desk: in/out" descr="${of}"/><r Target="${of}"/>`).join('')
  const after = everyPart(await cleaned(DOCX, docx({ 'word/a.xml': strToU8(`<a>${told}<r Target="${kept}"/></a>`) })))
  expect(after).not.toMatch(/janedoe/)
  expect(after).toContain('name="Desk: in/out"')
  expect(after).toContain(kept)
})

describe('a Word text made to hold something up, or back', () => {
  it('is read once from end to end, however often a tag is begun', async () => {
    for (const begun of [
      '<author ',
      '<config:config-item ',
      '<a="',
      '<rsids>',
      '<author>',
      '<!--',
      '<w:p '.padEnd(999),
    ]) {
      const hostile = docx({ 'word/document.xml': strToU8(begun.repeat(Math.ceil(2_000_000 / begun.length))) })
      const from = performance.now()
      await cleanFile(DOCX, hostile)
      await readFileText(DOCX, hostile)
      // Read again from each beginning it would be minutes.
      expect(performance.now() - from).toBeLessThan(5000)
    }
  }, 60_000)

  it('is refused where a part is larger than any text', async () => {
    const large = new Uint8Array(20 * 1024 * 1024 + 1).fill(32)
    expect(await whyNot(DOCX, docx({ 'word/notes.xml': large }))).toBe('damaged')
    expect(await readFileText(DOCX, docx({ 'word/notes.xml': large }))).toBeNull()
  })

  it('is refused where its words or pictures cannot be followed', async () => {
    const utf16 = Buffer.from('<w:comments><w:comment w:author="Ana"/></w:comments>', 'utf16le')
    expect(await whyNot(DOCX, docx({ 'word/comments.xml': utf16 }))).toBe('damaged')
    const latin1 = strToU8('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')
    expect(await whyNot(DOCX, docx({ 'word/comments.xml': latin1 }))).toBe('damaged')
    expect(await whyNot(DOCX, docx({ 'word/a.xml': strToU8('<!DOCTYPE a [<!ENTITY b "Ana">]><a/>') }))).toBe('damaged')
    expect(await whyNot(DOCX, docx({ 'word/media/a.png': Buffer.from('\x89PNG Ana', 'latin1') }))).toBe('damaged')
    expect(await whyNot(DOCX, docx({ 'word/media/a.jpg': Buffer.from('\xff\xd8Ana', 'latin1') }))).toBe('damaged')
    for (const name of ['a.gif', 'a.tif', 'a.emf', 'a.WMF', 'a.webp'])
      expect(await whyNot(DOCX, docx({ [`word/media/${name}`]: strToU8('Ana') }))).toBe('embedded')
    expect(await whyNot(DOCX, docx({ 'word/media/a.dat': strToU8('GIF89a') }))).toBe('embedded')
  })

  it('loses what other writers of such files put elsewhere', async () => {
    const svg = '<svg sodipodi:docname="Ana.svg"><metadata><rdf:RDF><x>Ana</x></rdf:RDF></metadata><path d="M1"/></svg>'
    const after = await cleaned(
      DOCX,
      docx({
        'package/services/metadata/core-properties/1.psmdcp': strToU8('<coreProperties>Ana</coreProperties>'),
        'word/media/a.svg': strToU8(svg),
        'word/a.xml': strToU8(`<a><!-- Ana --><b x:author='A>b "Ana"'/><author><i>Ana</i></author></a>`),
      }),
    )
    expect(everyPart(after)).not.toMatch(/Ana/)
    expect(everyPart(after)).toContain('<svg><path d="M1"/></svg>')
    expect(everyPart(after)).toContain('<a><b x:author="Author"/><author>Author</author></a>')
  })
})

const odt = (manifest = '<manifest:manifest/>') =>
  zipSync({
    mimetype: [strToU8(ODT), { level: 0 }],
    'meta.xml': strToU8('<office:document-meta><dc:creator>Ana</dc:creator></office:document-meta>'),
    'content.xml': strToU8(
      '<office:text><text:p>By <text:author-name text:fixed="false">Ana Okonjo</text:author-name><office:annotation><dc:creator>Ana</dc:creator><dc:date>2026-02-28T09:00:00</dc:date><meta:creator-initials>AO</meta:creator-initials><text:p>Look</text:p></office:annotation></text:p></office:text>',
    ),
    'settings.xml': strToU8(
      '<config:config-item config:name="PrinterName" config:type="string">Ana’s printer</config:config-item>',
    ),
    'Thumbnails/thumbnail.png': strToU8('Ana'),
    'META-INF/manifest.xml': strToU8(manifest),
  })

describe('an OpenDocument text', () => {
  it('loses its properties and names, and keeps its type first and plain', async () => {
    const after = await cleaned(ODT, odt())
    expect(everyPart(after)).not.toMatch(/Ana|Okonjo|AO<|2026/)
    expect(await readFileText(ODT, after)).toContain('Look')
    expect(latin(after).slice(30, 38 + ODT.length)).toBe(`mimetype${ODT}`)
  })

  it('is refused with a password on it', async () => {
    expect(await whyNot(ODT, odt('<manifest:encryption-data/>'))).toBe('encrypted')
  })
})

const chunk = (type: string, said: string) => {
  const bytes = Buffer.alloc(12 + said.length)
  bytes.writeUInt32BE(said.length)
  bytes.write(type + said, 4, 'latin1')
  return bytes
}
const png = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])

const segment = (marker: number, said: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (said.length + 2) >> 8, (said.length + 2) & 255]), said])
const exif = (orientation: number) =>
  Buffer.concat([
    Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from('Artist Ana'),
  ])
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from('Ana after the end'),
  ])

describe('pictures', () => {
  it('a PNG keeps what one sees and nothing else', async () => {
    const seen = [chunk('IHDR', '1234567890123'), chunk('IDAT', 'pixels'), chunk('IEND', '')]
    const told = [
      chunk('tEXt', 'Author\0Ana'),
      chunk('eXIf', 'Ana'),
      chunk('iCCP', 'Screen of Ana'),
      chunk('tIME', '0'),
    ]
    const [head, ...rest] = seen
    const after = await cleaned('image/png', Buffer.concat([png(head!, ...told, ...rest), Buffer.from('Ana')]))
    expect(latin(after)).toBe(latin(png(...seen)))
    expect(await whyNot('image/png', png(head!, rest[0]!))).toBe('damaged')
  })

  it('a photo keeps which side is up and loses camera, names and place', async () => {
    const told = [
      segment(0xe1, exif(6)),
      segment(0xed, Buffer.from('Photoshop Ana')),
      segment(0xfe, Buffer.from('Ana')),
    ]
    const after = await cleaned('image/jpeg', jpeg(...told, segment(0xdb, Buffer.from('tables'))))
    expect(latin(after)).not.toContain('Ana')
    expect(latin(after)).toContain('tables')
    // Read back by the same eyes, it still says 6; nothing else is in the block.
    expect(latin(await cleaned('image/jpeg', after))).toBe(latin(after))
    expect(after[31]).toBe(6)
    expect(latin(await cleaned('image/jpeg', jpeg(segment(0xe1, exif(1)))))).not.toContain('Exif')
    expect(await whyNot('image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff]))).toBe('damaged')
  })
})

it('leaves plain text as it is, and reads what it can', async () => {
  expect(await cleanFile('text/plain', strToU8('Ana'))).toEqual({ ok: true, value: null })
  expect(await readFileText('text/markdown', strToU8('# By Ana'))).toBe('# By Ana')
  expect(await readFileText('image/png', strToU8('Ana'))).toBeNull()
  expect(await readFileText(PDF, strToU8('%PDF- broken'))).toBeNull()
})
