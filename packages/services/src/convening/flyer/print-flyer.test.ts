import readCode from 'jsqr'
import { PDFDict, PDFDocument, PDFName, type PDFObject } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { encode } from 'uqr'
import { extractText, getDocumentProxy } from 'unpdf'
import type { showPublicConvening } from '@copractice/core/convening'
import { ConveningSessionId, InstitutionId, type RouteOutput } from '@copractice/core/kernel'
import { composeFlyer } from './compose-flyer.ts'
import { printFlyer } from './print-flyer.ts'

type Shown = RouteOutput<typeof showPublicConvening>
const uuid = '00000000-0000-4000-8000-000000000001'
const url = 'https://admin.example/c/spring-gathering-k3f9'
const shown: Shown = {
  name: 'Spring gathering: #heading[1] *Año* 2027',
  description: 'A day together.\n\n$x$ and #sym',
  network: 'Pitt',
  region: 'Three Rivers',
  kind: 'gathering',
  timeZone: 'America/New_York',
  place: 'Hillside Hall',
  isOnline: true,
  startsAt: new Date('2027-02-12T15:00:00Z'),
  endsAt: new Date('2027-02-13T17:00:00Z'),
  closesAt: new Date('2027-02-10T17:00:00Z'),
  registration: 'open',
  capacity: 60,
  hosts: ['Riverside State'],
  lead: 'Fay Lead',
  contactEmail: 'fay@x.example',
  institutions: [
    {
      id: InstitutionId.parse(uuid),
      name: 'Riverside State',
      letter: 'R',
      colour: 1,
      kind: 'campus',
    },
  ],
  sessions: [
    {
      id: ConveningSessionId.parse(uuid),
      title: 'Stories',
      track: 'Practice',
      kind: 'session',
      place: 'Room 1',
      isOnline: false,
      capacity: 20,
      speakers: 'Ana Ruiz\nBo Li',
      description: '',
      offered: 'open',
      startsAt: new Date('2027-02-13T15:00:00Z'),
      endsAt: new Date('2027-02-13T16:30:00Z'),
    },
  ],
}
// Its types say a module with a default; what is imported is the function itself.
const jsQR = readCode as unknown as typeof readCode.default
type Node = { role?: string; alt?: string; children?: Node[] }

async function readBack(pdf: Buffer) {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, at) => document.getPage(at + 1)))
  const annotations = (await Promise.all(pages.map((page) => page.getAnnotations()))).flat()
  const roots = (await Promise.all(pages.map((page) => page.getStructTree()))) as Node[]
  const walk = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(walk)]
  return {
    text: (await extractText(document, { mergePages: true })).text.replaceAll(/\s+/g, ' '),
    links: annotations.filter(({ subtype }) => subtype === 'Link').map((link) => String(link.url)),
    nodes: roots.flatMap(walk),
    marked: await document.getMarkInfo(),
    info: (await document.getMetadata()).info as Record<string, unknown>,
  }
}

describe('the flyer', () => {
  it('says when, where, with whom and at which address, as the public page does', async () => {
    const { text, links } = await readBack(printFlyer(composeFlyer(shown, url)))
    expect(text).toContain('Spring gathering: #heading[1] *Año* 2027')
    expect(text).toContain('$x$ and #sym')
    expect(text).toContain(
      'Friday 12 February 2027, 10:00 AM to Saturday 13 February 2027, 12:00 PM (Eastern Standard Time)',
    )
    expect(text).toContain('Hillside Hall, or online')
    expect(text).toContain('Stories 10:00 AM to 11:30 AM · Practice · Room 1 With Ana Ruiz, Bo Li')
    expect(text).toContain('Wednesday 10 February 2027, 12:00 PM')
    expect(links).toEqual(['mailto:fay@x.example', url])
    expect(text).toContain(url)
  })

  it('is tagged: one title, headings in order, lists, links and words for the code, in a named language', async () => {
    const { nodes, marked, info } = await readBack(printFlyer(composeFlyer(shown, url)))
    expect(marked).toMatchObject({ Marked: true })
    expect(info).toMatchObject({ Title: shown.name, Language: 'en' })
    const headings = nodes.map(({ role }) => role).filter((role) => /^H\d$/.test(role ?? ''))
    expect(headings).toEqual(['H1', 'H2', 'H3', 'H2'])
    const count = (role: string) => nodes.filter((node) => node.role === role).length
    expect([count('L'), count('Link'), count('Figure')]).toEqual([2, 2, 1])
    expect(nodes.find(({ role }) => role === 'Figure')!.alt).toBe(`QR code of the address ${url}`)
  })

  it('claims PDF/UA-1 and keeps it: every mark in the content belongs to the tree or is decoration', async () => {
    const pdf = printFlyer(composeFlyer(shown, url))
    const { catalog, context } = await PDFDocument.load(new Uint8Array(pdf))
    const name = (text: string) => PDFName.of(text)
    expect(catalog.lookup(name('Lang'))!.toString()).toBe('(en)')
    expect(String(catalog.lookup(name('ViewerPreferences'), PDFDict).lookup(name('DisplayDocTitle')))).toBe('true')
    expect(catalog.lookup(name('StructTreeRoot'), PDFDict).get(name('ParentTree'))).toBeDefined()
    expect(pdf.toString('latin1')).toContain('pdfuaid')
    const isOf = (object: PDFObject, type: string): object is PDFDict =>
      object instanceof PDFDict && object.get(name('Subtype')) === name(type)
    const links = context.enumerateIndirectObjects().flatMap(([, object]) => (isOf(object, 'Link') ? [object] : []))
    expect(links).toHaveLength(2)
    for (const link of links) {
      expect(link.get(name('StructParent'))).toBeDefined()
      expect(link.get(name('Contents'))).toBeDefined()
    }
  })

  it('is tagged in letters that no font here has, too', async () => {
    const { nodes, marked } = await readBack(printFlyer(composeFlyer({ ...shown, name: '春の集い' }, url)))
    expect(marked).toMatchObject({ Marked: true })
    expect(nodes.some(({ role }) => role === 'H1')).toBe(true)
  })

  it('says without dates that they are not set, and where to ask for them', async () => {
    const unset = { ...shown, startsAt: null, endsAt: null, closesAt: null, sessions: [] }
    const { text } = await readBack(printFlyer(composeFlyer({ ...unset, registration: 'announced' }, url)))
    expect(text).toContain('When: The dates are not set yet')
    expect(text).toContain('Hear when the dates are set')
    expect(text).not.toContain('Programme')
  })
})

it('a code read by a camera is the address', () => {
  const { data, size } = encode(url, { border: 4 })
  const scale = 4
  const side = size * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (data[Math.floor(y / scale)]![Math.floor(x / scale)])
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  expect(jsQR(pixels, side, side)?.data).toBe(url)
})
