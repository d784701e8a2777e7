import {
  fillFromWaitlist,
  freePlaces,
  listConvenings,
  listRegistrations,
  showConvening,
  type ConveningListed,
} from '@copractice/core/convening'
import { showAdminHome } from '@copractice/core/directory'
import { ActionButton, Notice, useSend, useTell } from '@copractice/ui'
import { useWords } from './say.ts'

/** Who waits, and the button that gives them what is free: nobody gets a place behind the coordinator's back. */
export function WaitingForPlaces({ convening }: { convening: ConveningListed }) {
  const say = useWords()
  const tell = useTell()
  const { id, capacity, counts } = convening
  const free = Math.min(counts.waitlisted, freePlaces({ capacity, ...counts }))
  const fill = useSend(fillFromWaitlist, {
    refreshes: [showConvening, listConvenings, listRegistrations, showAdminHome],
    onDone: ({ given }) => tell({ text: say('waiting.given', { count: given }) }),
  })
  const button = free > 0 && (
    <ActionButton isBusy={fill.isPending} onClick={() => fill.mutate({ params: { conveningId: id } })}>
      {say('waiting.fill', { count: free })}
    </ActionButton>
  )
  return (
    <Notice tone="info" icon="people" action={button}>
      <strong>{say('waiting.title', { count: counts.waitlisted })}</strong>
      <p>{free > 0 ? say('waiting.free', { count: free }) : say('waiting.full')}</p>
    </Notice>
  )
}
