import { useId, useRef, useState } from 'react'
import {
  findPassage,
  sentencesOf,
  type PassageComment,
  type ReviewPage,
  type TextPassage,
} from '@copractice/core/review'
import { ActionButton, Icon, newId, TextButton } from '@copractice/ui'
import { CommentHints } from './comment-hints.tsx'
import { PassageText, type NumberedPassage } from './passage-text.tsx'
import { useWritingWords } from './say-writing.ts'
import { useSelectedPassage } from './use-selected-passage.ts'
import { FileLinks } from './work-text.tsx'

type Work = ReviewPage['work']

/** The notes in the order of the text, then those at places of the file. Numbers are the writer's own while they write. */
export function numbered(body: string, comments: readonly PassageComment[]) {
  const place = ({ at }: PassageComment) =>
    at.kind === 'text' ? (findPassage(body, at)?.start ?? body.length) : Number.POSITIVE_INFINITY
  return comments
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .map((comment, index) => ({ ...comment, number: index + 1 }))
}

/**
 * The work with one's own notes in it. A passage is chosen by selecting it, or from the button beside its paragraph as one
 * of its sentences, by arrow keys. A file gets notes with a place in words.
 */
export function PassageWriting(props: {
  work: Work
  comments: readonly PassageComment[]
  onChange: (comments: PassageComment[]) => void
}) {
  const { work, comments, onChange } = props
  const { body, files } = work
  const say = useWritingWords()
  const around = useRef<HTMLDivElement>(null)
  const selected = useSelectedPassage(around, body)
  const [choosing, setChoosing] = useState<number | null>(null)
  const [tried, setTried] = useState<TextPassage | null>(null)
  const [active, setActive] = useState<string | null>(null)
  const all = numbered(body, comments)
  const ofText: NumberedPassage[] = all.flatMap(({ number, at }) => (at.kind === 'text' ? { number, ...at } : []))
  const add = (at: PassageComment['at']) => {
    const id = newId()
    onChange([...comments, { id, at, text: '' }])
    document.getSelection()?.removeAllRanges()
    setChoosing(null)
    setTried(null)
    setActive(id)
  }
  const note = (comment: (typeof all)[number]) => (
    <NoteField
      key={comment.id}
      comment={comment}
      isNew={comment.id === active}
      onFocus={() => setActive(comment.id)}
      onChange={(changed) => onChange(comments.map((one) => (one.id === changed.id ? changed : one)))}
      onRemove={() => onChange(comments.filter(({ id }) => id !== comment.id))}
    />
  )
  const activeNumber = all.find(({ id }) => id === active)?.number ?? null
  const shown = tried ? [...ofText, { number: 0, ...tried }] : ofText
  const isEndIn = (comment: (typeof all)[number], { start, end }: { start: number; end: number }) => {
    const found = comment.at.kind === 'text' ? findPassage(body, comment.at) : null
    return found !== null && found.end > start && found.end <= end
  }
  const lost = all.filter(({ at }) => at.kind === 'text' && !findPassage(body, at))
  return (
    <div className="passages" ref={around}>
      <p className="hint">{say(body ? 'passage.how' : 'passage.howFile')}</p>
      <PassageText
        body={body}
        passages={shown}
        notes="note-"
        active={tried ? 0 : activeNumber}
        beside={(_paragraph, place) => (
          <button
            type="button"
            className="btn btn-icon btn-sm add-c"
            aria-label={say('passage.onParagraph', { number: place + 1 })}
            aria-expanded={choosing === place}
            onClick={() => {
              setTried(null)
              setChoosing(choosing === place ? null : place)
            }}
          >
            <Icon name="comment" small />
          </button>
        )}
        below={(paragraph, place) => (
          <>
            {choosing === place && (
              <ChooseSentence
                sentences={sentencesOf(body, paragraph)}
                onTry={setTried}
                onChoose={add}
                onLeave={() => {
                  setChoosing(null)
                  setTried(null)
                }}
              />
            )}
            {all.filter((comment) => isEndIn(comment, paragraph)).map(note)}
          </>
        )}
      />
      {selected && (
        <div className="pick" style={{ insetBlockStart: selected.top }}>
          <button
            type="button"
            className="btn btn-secondary btn-sm"
            // A press would end the selection before it is taken.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => add(selected.passage)}
          >
            <Icon name="comment" small />
            {say('passage.onSelection')}
          </button>
        </div>
      )}
      {files.length > 0 && (
        <div className="file-notes">
          <FileLinks files={files} />
          {all.filter(({ at }) => at.kind === 'place').map(note)}
          <div className="row">
            {files.map(({ uploadId }, at) => {
              const of = files.length > 1 ? say('passage.fileNumber', { number: at + 1 }) : ''
              return (
                <ActionButton
                  key={uploadId}
                  weight="quiet"
                  size="small"
                  icon="plus"
                  onClick={() => add({ kind: 'place', place: of && `${of}: ` })}
                >
                  {of ? say('passage.onFileNumber', { number: at + 1 }) : say('passage.onFile')}
                </ActionButton>
              )
            })}
          </div>
        </div>
      )}
      {lost.map(note)}
    </div>
  )
}

/** One sentence of a paragraph, as radio buttons: arrow keys move, and the text shows which. */
function ChooseSentence(props: {
  sentences: readonly TextPassage[]
  onTry: (passage: TextPassage) => void
  onChoose: (passage: TextPassage) => void
  onLeave: () => void
}) {
  const { sentences, onTry, onChoose, onLeave } = props
  const say = useWritingWords()
  const name = useId()
  const first = sentences[0]
  const last = sentences.at(-1)
  const [place, setPlace] = useState(0)
  const chosen = sentences[place]
  if (!first || !last || !chosen) return null
  return (
    <fieldset className="choose">
      <legend>{say('passage.which')}</legend>
      {sentences.map((sentence, index) => (
        <label key={sentence.start} className="choice">
          <input
            type="radio"
            name={name}
            checked={index === place}
            // The panel was asked for by a press on its button; the reader goes on inside it.
            autoFocus={index === 0}
            onFocus={() => onTry(sentence)}
            onChange={() => {
              setPlace(index)
              onTry(sentence)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onLeave()
              if (event.key !== 'Enter') return
              event.preventDefault()
              onChoose(sentence)
            }}
          />
          <span>{sentence.quote}</span>
        </label>
      ))}
      <div className="row">
        <ActionButton size="small" onClick={() => onChoose(chosen)}>
          {say('passage.choose')}
        </ActionButton>
        <ActionButton weight="quiet" size="small" onClick={onLeave}>
          {say('passage.leave')}
        </ActionButton>
      </div>
    </fieldset>
  )
}

function NoteField(props: {
  comment: PassageComment & { number: number }
  isNew: boolean
  onFocus: () => void
  onChange: (comment: PassageComment) => void
  onRemove: () => void
}) {
  const { comment, isNew, onFocus, onChange, onRemove } = props
  const { id, at, text, number } = comment
  const say = useWritingWords()
  const field = useId()
  return (
    <aside
      className={isNew ? 'note is-active' : 'note'}
      id={`note-${number}`}
      aria-label={say('passage.note', { number })}
    >
      <span className="note-n" aria-hidden="true">
        {number}
      </span>
      <div className="stack">
        {at.kind === 'text' ? (
          <p className="quote voice small">“{at.quote.length > 160 ? `${at.quote.slice(0, 150)}…` : at.quote}”</p>
        ) : (
          <div className="field">
            <label htmlFor={`${field}-place`}>{say('passage.place')}</label>
            <input
              id={`${field}-place`}
              className="input"
              value={at.place}
              maxLength={200}
              autoFocus={isNew}
              onFocus={onFocus}
              onChange={(event) => onChange({ id, text, at: { kind: 'place', place: event.target.value } })}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={field}>{say('passage.text')}</label>
          <textarea
            id={field}
            className="input"
            rows={2}
            value={text}
            maxLength={5000}
            autoFocus={isNew && at.kind === 'text'}
            onFocus={onFocus}
            onChange={(event) => onChange({ id, at, text: event.target.value })}
          />
        </div>
        <CommentHints text={text} about={`note:${id}`} />
        <p className="row between">
          <span className="small muted">{say(text.trim() ? 'passage.readBeside' : 'passage.empty')}</span>
          <TextButton onClick={onRemove} about={say('passage.note', { number })}>
            {say('passage.remove')}
          </TextButton>
        </p>
      </div>
    </aside>
  )
}

/** The notes as a list beside the text: each leads to its place. */
export function PassageList({ work, comments }: { work: Work; comments: readonly PassageComment[] }) {
  const say = useWritingWords()
  const all = numbered(work.body, comments)
  if (all.length === 0) return null
  return (
    <nav className="note-list" aria-label={say('passage.list')}>
      <h3 className="small">{say('passage.listCount', { count: all.length })}</h3>
      <ol className="plain">
        {all.map(({ id, number, at, text }) => (
          <li key={id}>
            <a href={`#note-${number}`}>
              <span className="note-n" aria-hidden="true">
                {number}
              </span>
              <span>{text.trim() || (at.kind === 'text' ? at.quote : at.place) || say('passage.noWords')}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
