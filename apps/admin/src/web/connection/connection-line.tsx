import type { InstitutionListed } from '@copractice/core/directory'
import { Icon, useTimes, type IconName } from '@copractice/ui'
import { useWords } from './say.ts'

type State = InstitutionListed['connection']['state']

const LOOKS: Record<State, readonly [icon: IconName, tone: string]> = {
  refusing: ['warn', 'bad'],
  parked: ['hourglass', 'warn'],
  connected: ['check', 'ok'],
  waiting: ['clock', ''],
  disabled: ['minus', ''],
  invited: ['mail', ''],
  none: ['plug', ''],
}

/** How an institution's LMS stands, in a word with an icon. */
export function ConnectionLine({
  connection,
}: {
  connection: Pick<InstitutionListed['connection'], 'state' | 'invitedAt'>
}) {
  const say = useWords()
  const times = useTimes()
  const { state, invitedAt } = connection
  const [icon, tone] = LOOKS[state]
  return (
    <span className={`small connection-line ${tone}`}>
      <Icon name={icon} small />
      {say(`state.${state}`, { date: invitedAt ? times.date(invitedAt) : '' })}
    </span>
  )
}
