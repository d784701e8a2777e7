/** Markup that is safe to send: made by `html`, never from outside. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Markup | null | readonly Markup[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

/** Builds markup; every value put into it is escaped, unless it is markup itself. Null puts nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.reduce((before, text, index) => before + put(parts[index - 1] ?? null) + text))
}

function put(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(put).join('')
  return escape(String(part))
}

/** A value for a page's script, as a block that is never run: nothing in it can end the block. */
export function jsonBlock(id: string, value: unknown): Markup {
  return new Markup(
    `<script type="application/json" id="${escape(id)}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`,
  )
}
