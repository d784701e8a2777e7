import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mail, MailBox } from './options.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

const mails = z.array(
  z.object({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string().optional(),
    at: z.string(),
  }),
)
const KEPT = 500

/** Where the demo's mail lands instead of a mail server: the last 500 messages, kept in the folder when one is given. */
export function createMailBox(options: { stateFolder?: string; clock?: () => Date } = {}): MailBox {
  const { stateFolder, clock = () => new Date() } = options
  const path = stateFolder === undefined ? undefined : join(stateFolder, 'mail.json')
  let kept: Mail[] = path !== undefined && existsSync(path) ? mails.parse(JSON.parse(readFileSync(path, 'utf8'))) : []
  return {
    add({ at, ...message }) {
      const mail: Mail = { ...message, id: randomUUID(), at: (at ?? clock()).toISOString() }
      kept = [...kept, mail].slice(-KEPT)
      if (path !== undefined) writeFileAtomically(path, JSON.stringify(kept))
      return mail.id
    },
    list: () => kept.toReversed().sort((a, b) => b.at.localeCompare(a.at)),
    get: (id) => kept.find((mail) => mail.id === id),
  }
}
