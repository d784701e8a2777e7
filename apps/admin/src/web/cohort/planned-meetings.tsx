import type { ReactNode } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { ActionButton, EmptyState, TextButton, useTell } from '@copractice/ui'

type Meeting = Readonly<{ title: string; place: string; joinUrl: string }>
type Words = Readonly<{
  none: string
  noneText: string
  first: string
  add: string
  remove: string
  place: string
  link: string
  number: (number: number) => string
  removed: (title: string) => string
}>

type Props<M extends Meeting> = Readonly<{
  meetings: readonly M[]
  onChange: (meetings: M[]) => void
  words: Words
  /** The next one, like the last. */
  next: (last: M | undefined) => M
  /** What is wrong with the address to join. */
  linkProblem?: (meeting: M) => string | undefined
  /** Further buttons beside the one that adds. */
  more?: ReactNode
  rowClass: string
  /** When it is and what it is about, which each kind of plan asks in its own way. */
  children: (meeting: M, number: number, change: (next: Partial<M>) => void) => ReactNode
}>

/** A plan of meetings: one by one, each taken out with an undo, and where it is held. */
export function PlannedMeetings<M extends Meeting>(props: Props<M>) {
  const tell = useTell()
  const { meetings, onChange, words, next, linkProblem, more, rowClass, children } = props
  const edit = (at: number) => (change: Partial<M>) =>
    onChange(meetings.map((meeting, index) => (index === at ? { ...meeting, ...change } : meeting)))
  const takeOut = (at: number) => {
    onChange(meetings.filter((_, index) => index !== at))
    const title = meetings[at]!.title.trim() || words.number(at + 1)
    tell({ text: words.removed(title), undo: () => onChange([...meetings]) })
  }
  return (
    <>
      {meetings.length === 0 && (
        <EmptyState title={words.none} icon="calendar">
          {words.noneText}
        </EmptyState>
      )}
      {meetings.map((meeting, at) => {
        const change = edit(at)
        const problem = linkProblem?.(meeting)
        return (
          // Meetings have no name of their own yet; the order is what tells them apart.
          <fieldset key={at} className={rowClass}>
            <legend className="row">
              <strong>{words.number(at + 1)}</strong>
              <TextButton about={words.number(at + 1)} onClick={() => takeOut(at)}>
                {words.remove}
              </TextButton>
            </legend>
            {children(meeting, at + 1, change)}
            <div className="two">
              <TextInput
                renderLabel={words.place}
                value={meeting.place}
                onChange={(_event, value) => change({ place: value.slice(0, 300) } as Partial<M>)}
              />
              <TextInput
                renderLabel={words.link}
                type="url"
                value={meeting.joinUrl}
                onChange={(_event, value) => change({ joinUrl: value.slice(0, 2000) } as Partial<M>)}
                messages={problem ? [{ type: 'newError', text: problem }] : []}
              />
            </div>
          </fieldset>
        )
      })}
      <div className="row">
        <ActionButton
          weight={meetings.length ? 'quiet' : 'secondary'}
          size="small"
          icon="plus"
          onClick={() => onChange([...meetings, next(meetings.at(-1))])}
        >
          {meetings.length ? words.add : words.first}
        </ActionButton>
        {more}
      </div>
    </>
  )
}
