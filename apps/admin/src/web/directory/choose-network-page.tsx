import { chooseNetwork, whoAdministers } from '@copractice/core/directory'
import type { NetworkId } from '@copractice/core/kernel'
import { ActionButton, BrandMark, PageTitle, ProblemNotice, useSend } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** Somebody with a part in several networks says which one they are here for. */
export function ChooseNetworkPage({ networks }: { networks: readonly { id: NetworkId; name: string }[] }) {
  const say = useWords()
  const refusals = useRefusals()
  const choose = useSend(chooseNetwork, { refreshes: [whoAdministers] })
  return (
    <main className="wrap narrow stack" id="main" tabIndex={-1}>
      <BrandMark />
      <PageTitle within="Copractice">{say('network.title')}</PageTitle>
      <p>{say('network.lede')}</p>
      {choose.error && <ProblemNotice problem={choose.error.problem} sayRefusal={refusals} />}
      <ul className="plain stack">
        {networks.map(({ id, name }) => (
          <li key={id}>
            <ActionButton
              weight="secondary"
              isBusy={choose.isPending}
              onClick={() => choose.mutate({ body: { networkId: id } })}
            >
              {name}
            </ActionButton>
          </li>
        ))}
      </ul>
    </main>
  )
}
