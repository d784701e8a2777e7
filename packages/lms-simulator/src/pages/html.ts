/** HTML that is safe to send. Only `html` and `raw` make it. */
export type Html = { readonly html: string }
type Piece = Html | string | number | false | null | undefined | Piece[]

const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITY[sign] ?? sign)
}

function write(piece: Piece): string {
  if (Array.isArray(piece)) return piece.map(write).join('')
  if (piece === null || piece === undefined || piece === false) return ''
  return typeof piece === 'object' ? piece.html : escapeHtml(String(piece))
}

/** A template whose every value is escaped, unless it is HTML already; false, null and undefined leave nothing. */
export function html(texts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return { html: texts.map((text, index) => text + (index < pieces.length ? write(pieces[index]) : '')).join('') }
}
