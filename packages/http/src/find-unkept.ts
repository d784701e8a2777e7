import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'

/** Requests whose body was seen to be made of characters that can be kept. */
const plain = new WeakSet<IncomingMessage>()

const ESCAPE = Buffer.from(String.raw`\u`)

/**
 * Looks at a JSON body before it is parsed. Half a surrogate pair and NUL can only be written as `\u` escapes in UTF-8, which
 * browsers hardly ever do: a body without any is not walked again. Refuses bytes that are no UTF-8, which would be
 * replaced without a word.
 */
export function seeBody(req: IncomingMessage, _res: unknown, bytes: Buffer, charset: string): void {
  if (charset !== 'utf-8') return
  if (!isUtf8(bytes)) throw Object.assign(new Error('the body is not UTF-8'), { status: 400 })
  if (!bytes.includes(ESCAPE)) plain.add(req)
}

/** Whether the body may hold what cannot be kept. */
export const mayHoldUnkept = (req: IncomingMessage): boolean => !plain.has(req)

/** No field of ours is deeper; whoever sends something deeper is told its beginning. */
const MOST_NAMED = 20

type Step = Readonly<{ value: unknown; key: string; above: Step | null }>

/**
 * Where a text holds NUL or half a surrogate pair: PostgreSQL takes neither in its documents, and no text keeps them. The
 * names of fields count too. Undefined when none does. Without recursion: the sender chooses the depth.
 */
export function findUnkept(sent: unknown): readonly string[] | undefined {
  const open: Step[] = [{ value: sent, key: '', above: null }]
  for (let step = open.pop(); step; step = open.pop()) {
    const { value } = step
    if (typeof value === 'string' && isUnkept(value)) return pathOf(step)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inside] of Object.entries(value)) {
      const below = { value: inside, key, above: step }
      if (isUnkept(key)) return pathOf(below)
      if (typeof inside === 'string' ? isUnkept(inside) : typeof inside === 'object') open.push(below)
    }
  }
  return undefined
}

const isUnkept = (text: string): boolean => text.includes('\0') || !text.isWellFormed()

function pathOf(step: Step): readonly string[] {
  const path: string[] = []
  for (let at = step; at.above; at = at.above) path.push(at.key)
  const top = path.toReversed().slice(0, MOST_NAMED)
  return top.map((key) => key.toWellFormed().replaceAll('\0', '\uFFFD'))
}
