import { confirmAddresses, showConnection } from '@copractice/core/connection'
import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import { ActionButton, Card, ProblemNotice, useSend, useTell } from '@copractice/ui'
import './connection.css'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{ institutionId: InstitutionId; platformId: PlatformId; addresses: string[] }>

/** Addresses of the LMS that are not its issuer's, for somebody to look at and stand for. Nothing where there are none. */
export function ElsewhereAddresses({ institutionId, platformId, addresses }: Props) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const confirm = useSend(confirmAddresses, { refreshes: [showConnection] })
  if (!addresses.length) return null
  return (
    <Card title={say('addresses.title')}>
      <div className="stack">
        <p>{say('addresses.lede')}</p>
        <ul className="plain">
          {addresses.map((address) => (
            <li key={address}>
              <code className="breaks">{address}</code>
            </li>
          ))}
        </ul>
        <p>{say('addresses.todo')}</p>
        {confirm.error && <ProblemNotice problem={confirm.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton
            weight="secondary"
            isBusy={confirm.isPending}
            onClick={() =>
              confirm.mutate(
                { params: { institutionId, platformId }, body: { addresses } },
                { onSuccess: () => tell({ text: say('addresses.confirmed') }) },
              )
            }
          >
            {say('addresses.confirm')}
          </ActionButton>
        </div>
      </div>
    </Card>
  )
}
