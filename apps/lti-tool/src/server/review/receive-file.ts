import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import multer from 'multer'
import { refuse, type Refusal } from '@copractice/core/kernel'
import { FILE_BYTES_AT_MOST } from '@copractice/core/review'
import type { FileReceived } from '@copractice/services/review'

const receive = multer({
  storage: multer.diskStorage({
    destination: tmpdir(),
    filename: (_req, _file, done) => done(null, `copractice-upload-${randomUUID()}`),
  }),
  // One byte more than is allowed may pass, so that the rule says what is too large.
  limits: { fileSize: FILE_BYTES_AT_MOST + 1, files: 1, fields: 0, parts: 1 },
}).single('file')

/**
 * Puts the one file part of a form on this machine's disk for the request's handler, and removes it when the answer is out,
 * for whatever is refused before the handler.
 */
export const receiveFile: RequestHandler = (req, res, next) => {
  res.once('close', () => {
    if (req.file) rm(req.file.path, { force: true }).catch(() => {})
  })
  // Express 5 awaits nothing of multer's: its callback is the end.
  void receive(req, res, next)
}

/** multer's refusals in the words of the contract. */
export const refuseFile: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!(error instanceof multer.MulterError)) return next(error)
  if (error.code === 'LIMIT_FILE_SIZE')
    return res.status(413).json({ code: 'upload.too_large', facts: { bytesAtMost: FILE_BYTES_AT_MOST } })
  res.status(400).json({ code: 'upload.missing', facts: {} })
}

/** Browsers send file names as UTF-8 bytes, which multer reads one by one as characters. */
const fileNameOf = (file: Express.Multer.File): string => Buffer.from(file.originalname, 'latin1').toString('utf8')

/**
 * The file that came in, for as long as `use` needs it. Removed here and not only when the connection closes: one that is
 * given up closes before the file is there.
 */
export async function withFile<T>(
  { file }: Request,
  use: (file: FileReceived) => Promise<T>,
): Promise<T | Readonly<{ ok: false; refusal: Refusal<'upload.missing', Record<string, never>> }>> {
  if (!file) return refuse('upload.missing', {})
  try {
    return await use({ path: file.path, fileName: fileNameOf(file), bytes: file.size })
  } finally {
    await rm(file.path, { force: true }).catch(() => {})
  }
}
