/** One mail in plain words: a subject, paragraphs, and at most one link to act on. */
export type MailWords = Readonly<{
  subject: string
  paragraphs: readonly string[]
  action?: Readonly<{ label: string; url: string }>
  /** Said last, smaller: why they got it. */
  footnote?: string
}>

export type MailWritten = Readonly<{ subject: string; text: string; html: string }>

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!)

/** Line breaks out of a subject: names end up in it, and a mail header is one line. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The same words as text and as HTML. Everything is escaped, so names and titles can be passed as people wrote them. */
export function writeMail({ subject, paragraphs, action, footnote }: MailWords): MailWritten {
  const text = [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), ...(footnote ? [footnote] : [])]
  const html = [
    ...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
    ...(action ? [`<p><a href="${escape(action.url)}">${escape(action.label)}</a></p>`] : []),
    ...(footnote ? [`<p style="font-size:0.875em">${escape(footnote)}</p>`] : []),
  ]
  const title = oneLine(subject)
  return {
    subject: title,
    text: `${text.join('\n\n')}\n`,
    html:
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head>` +
      `<body style="font-family:sans-serif;line-height:1.5;max-width:36em">${html.join('')}</body></html>`,
  }
}
