import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

export const FILE_BYTES_AT_MOST = 20 * 1024 * 1024

const ZIP = [0x50, 0x4b, 0x03, 0x04]

/** Kinds of file work may be, by ending, with the media type they are served as and the bytes they begin with. */
const KINDS: Readonly<Record<string, Readonly<{ mediaType: string; beginsWith: readonly number[] | 'text' }>>> = {
  pdf: { mediaType: 'application/pdf', beginsWith: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    beginsWith: ZIP,
  },
  odt: { mediaType: 'application/vnd.oasis.opendocument.text', beginsWith: ZIP },
  txt: { mediaType: 'text/plain', beginsWith: 'text' },
  md: { mediaType: 'text/markdown', beginsWith: 'text' },
  png: { mediaType: 'image/png', beginsWith: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  jpg: { mediaType: 'image/jpeg', beginsWith: [0xff, 0xd8, 0xff] },
}

export type FileRefusal =
  | Refusal<'upload.empty', Record<string, never>>
  | Refusal<'upload.too_large', Readonly<{ bytesAtMost: number }>>
  | Refusal<'upload.type_not_allowed', Readonly<{ allowed: readonly string[] }>>
  | Refusal<'upload.content_differs', Readonly<{ extension: string }>>

export type AcceptedFile = Readonly<{ fileName: string; mediaType: string; bytes: number }>

/**
 * Takes a file by its ending and its first bytes (`head`, at least 8 of them where there are); the type that the
 * sender claims counts for nothing. The name loses any path, control and formatting characters, and is cut to 200.
 */
export function acceptFile(
  file: Readonly<{ fileName: string; bytes: number; head: Uint8Array }>,
): Result<AcceptedFile, FileRefusal> {
  const fileName = plainName(file.fileName)
  const extension = extensionOf(fileName)
  const kind = KINDS[extension]
  if (!kind) return refuse('upload.type_not_allowed', { allowed: Object.keys(KINDS) })
  if (file.bytes === 0) return refuse('upload.empty', {})
  if (file.bytes > FILE_BYTES_AT_MOST) return refuse('upload.too_large', { bytesAtMost: FILE_BYTES_AT_MOST })
  const fits =
    kind.beginsWith === 'text'
      ? !file.head.includes(0)
      : kind.beginsWith.every((byte, index) => file.head[index] === byte)
  return fits
    ? ok({ fileName, mediaType: kind.mediaType, bytes: file.bytes })
    : refuse('upload.content_differs', { extension })
}

/** What a reader who may not know the author gets to see instead of the author's own file name: the `number`th `of` the work. */
export const neutralFileName = (
  fileName: string,
  { number, of }: Readonly<{ number: number; of: number }> = { number: 1, of: 1 },
): string => `work${of > 1 ? `-${number}` : ''}.${extensionOf(fileName)}`

/** In lower case and one of the known kinds' spellings: `jpeg` is `jpg`. */
function extensionOf(fileName: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return extension === 'jpeg' ? 'jpg' : extension
}

function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return plain.length <= 200 ? plain : plain.slice(0, 150) + plain.slice(-50)
}
