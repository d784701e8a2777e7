import type { ReactNode } from 'react'
import type { RepairSeen } from '@copractice/core/review'
import { ConfirmModal } from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { usePairingWords } from './say-pairings.ts'

const SHOWN = 12

/** Says before it is saved which reviews are taken and given, and what stays short. */
export function RepairPreview(props: {
  seen: RepairSeen | null
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { seen, isBusy, onConfirm, onClose, children } = props
  const say = usePairingWords()
  const nameOf = usePersonName()
  const pair = ({ reviewer, author }: RepairSeen['give'][number]) =>
    say('repair.pair', { reviewer: nameOf(reviewer), author: nameOf(author) })
  const list = (lines: readonly string[]) => (
    <ul>
      {lines.slice(0, SHOWN).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length > SHOWN && <li>{say('repair.more', { count: lines.length - SHOWN })}</li>}
    </ul>
  )
  const changesNothing = seen?.give.length === 0 && seen.take.length === 0
  return (
    <ConfirmModal
      isOpen={seen !== null}
      title={say('repair.title')}
      confirm={say(changesNothing ? 'repair.confirmNone' : 'repair.confirm')}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {seen && (
        <>
          {changesNothing && <p>{say('repair.none')}</p>}
          {seen.take.length > 0 && (
            <div>
              <p>{say('repair.take', { count: seen.take.length })}</p>
              {list(
                seen.take.map((each) =>
                  [pair(each), say(`repair.why.${each.why}`), each.begun && say('repair.begun')]
                    .filter(Boolean)
                    .join(', '),
                ),
              )}
            </div>
          )}
          {seen.give.length > 0 && (
            <div>
              <p>{say('repair.give', { count: seen.give.length })}</p>
              {list(seen.give.map(pair))}
            </div>
          )}
          {seen.short.map(({ author, missing }) => (
            <p key={author.key}>{say('repair.short', { author: nameOf(author), count: missing })}</p>
          ))}
          {!seen.connected && <p>{say('repair.apart')}</p>}
          <p className="muted">{say('repair.filedStay')}</p>
        </>
      )}
      {children}
    </ConfirmModal>
  )
}
