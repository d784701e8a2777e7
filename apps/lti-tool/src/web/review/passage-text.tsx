import { Fragment, type ReactNode } from 'react'
import { layOutPassages, type ParagraphLaid } from '@copractice/core/review'
import { useWritingWords } from './say-writing.ts'

/** A passage to show as a mark with a number; 0 for one that is being chosen and has none yet. */
export type NumberedPassage = Readonly<{ number: number; start: number; end: number; quote: string }>

/**
 * Someone's words with the passages that were commented on as marks, each ending in its number, a link to its note (`#` +
 * `notes` + number). What stands in the text is in elements with `data-at`, the offset of their first character.
 */
export function PassageText(props: {
  body: string
  passages: readonly NumberedPassage[]
  notes: string
  active?: number | null
  /** What comes beside and below a paragraph while someone comments. */
  beside?: (paragraph: ParagraphLaid, place: number) => ReactNode
  below?: (paragraph: ParagraphLaid, place: number) => ReactNode
}) {
  const { body, passages, notes, active = null, beside, below } = props
  const say = useWritingWords()
  return (
    <div className="work-text">
      {layOutPassages(body, passages).map((paragraph, place) => (
        <Fragment key={paragraph.start}>
          <div className={beside ? 'para' : undefined}>
            <p className="voice">
              {paragraph.runs.map(({ start, end, marks, ends }) => {
                const words = <span data-at={start}>{body.slice(start, end)}</span>
                if (marks.length === 0) return <Fragment key={start}>{words}</Fragment>
                const isActive = active !== null && marks.includes(active)
                return (
                  <mark key={start} className={isActive ? 'anchor is-active' : 'anchor'}>
                    {words}
                    {ends.filter(Boolean).map((number) => (
                      <a key={number} className="anchor-n" id={`${notes}at-${number}`} href={`#${notes}${number}`}>
                        <span className="vh">{say('passage.mark')} </span>
                        {number}
                      </a>
                    ))}
                  </mark>
                )
              })}
            </p>
            {beside?.(paragraph, place)}
          </div>
          {below?.(paragraph, place)}
        </Fragment>
      ))}
    </div>
  )
}
