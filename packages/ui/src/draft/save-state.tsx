import { Icon } from '../parts/icon.tsx'
import { useTimes } from '../time/time-text.tsx'
import { useUiWords } from '../words/create-i18n.ts'
import type { SaveStatus } from './create-saver.ts'

/** One quiet line that says where what one types is. A polite live region: it speaks when the state changes. */
export function SaveState({ status, note }: { status: SaveStatus; note?: string }) {
  return (
    <span className="save" role="status">
      <Inside status={status} note={note} />
    </span>
  )
}

function Inside({ status, note }: { status: SaveStatus; note: string | undefined }) {
  const say = useUiWords()
  const times = useTimes()
  switch (status.kind) {
    case 'untouched':
      return null
    case 'saving':
      return say('save.saving')
    case 'saved':
      if (!status.at) return null
      return (
        <>
          <Icon name="check" small />
          <span>
            {say('save.savedAt', { time: times.clock(status.at) })}
            {note && `. ${note}`}
          </span>
        </>
      )
    case 'offline':
      return (
        <>
          <Icon name={status.isEnded ? 'lock' : 'cloud'} small />
          <span>{say(`save.${status.isEnded ? 'ended' : 'offline'}${status.isKept ? '' : 'Unkept'}`)}</span>
        </>
      )
    case 'conflict':
      return (
        <>
          <Icon name="warn" small />
          <span>{say('save.conflict')}</span>
        </>
      )
    case 'refused':
      return (
        <>
          <Icon name="warn" small />
          <span>
            {status.because} {say('save.refused')}
          </span>
        </>
      )
  }
}
