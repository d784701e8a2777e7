import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { renderSVG } from 'uqr'
import type { Flyer } from './compose-flyer.ts'

const TEMPLATE = readFileSync(new URL('flyer.typ', import.meta.url), 'utf8')
const KEPT = 20

/** Made on first use: it loads fonts. */
let compiler: NodeCompiler | undefined
/** The latest few flyers, so that a page many people open is set once. Keyed by all that stands on them. */
const printed = new Map<string, Buffer>()

/**
 * Sets the flyer as a tagged PDF (PDF/UA-1, ISO 14289): headings, lists and links in a structure tree, the language, a
 * title, and words for the code. A flyer in letters that no font of this machine has is tagged too, without claiming the
 * standard, which asks for every letter.
 */
export function printFlyer(flyer: Flyer): Buffer {
  const content = JSON.stringify({ ...flyer, code: renderSVG(flyer.url, { border: 4 }) })
  const known = printed.get(content)
  if (known) return known
  compiler ??= NodeCompiler.create()
  const compiled = compiler.compile({ mainFileContent: TEMPLATE, inputs: { flyer: content } })
  const document = compiled.result
  if (!document)
    throw new Error(`the flyer could not be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`)
  // The same flyer is the same file, whenever it is set.
  const always = { pdfTags: true, creationTimestamp: 0 }
  let pdf: Buffer
  try {
    pdf = compiler.pdf(document, { ...always, pdfStandard: 'ua-1' })
  } catch {
    pdf = compiler.pdf(document, always)
  }
  compiler.evictCache(10)
  if (printed.size >= KEPT) printed.delete(printed.keys().next().value!)
  printed.set(content, pdf)
  return pdf
}
