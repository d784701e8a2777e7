import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import { CannotClean, type WhyNotCleaned } from './cannot-clean.ts'
import { cleanJpeg, cleanPng } from './clean-image.ts'
import { cleanOffice } from './clean-office.ts'
import { cleanPdf } from './clean-pdf.ts'

export type NotCleaned = Refusal<'upload.not_cleaned', Readonly<{ why: WhyNotCleaned }>>

const CLEANERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | null | Promise<Uint8Array>>> = {
  'application/pdf': cleanPdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (bytes) =>
    cleanOffice(bytes, 'word/document.xml'),
  'application/vnd.oasis.opendocument.text': (bytes) => cleanOffice(bytes, 'content.xml'),
  'image/png': cleanPng,
  'image/jpeg': cleanJpeg,
}

/** Whether files of this type hold more than what one sees. */
export const holdsTraces = (mediaType: string): boolean => mediaType in CLEANERS

/**
 * A copy of the file without what it says of its author beside its words; null for plain text, which says nothing. A file
 * that cannot be read to the end is refused: it might name somebody.
 */
export async function cleanFile(mediaType: string, bytes: Uint8Array): Promise<Result<Uint8Array | null, NotCleaned>> {
  const clean = CLEANERS[mediaType]
  if (!clean) return ok(null)
  try {
    const cleaned = await clean(bytes)
    return cleaned ? ok(cleaned) : refuse('upload.not_cleaned', { why: 'damaged' })
  } catch (error) {
    if (!(error instanceof CannotClean)) throw error
    return refuse('upload.not_cleaned', { why: error.why })
  }
}
