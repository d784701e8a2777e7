import { useState } from 'react'
import { addSeat, SEAT_KINDS, type SeatKind } from '@copractice/core/cohort'
import { ProblemNotice, TextButton, useSend, useTell, useUiWords } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import type { CohortShown } from './cohort-page.tsx'
import { FindPeople, type Found } from './find-people.tsx'
import { useRefusals, useWords } from './say.ts'
import { seatsRefresh } from './seats-refresh.ts'

/** Finds somebody and gives them a part; the rules decide between a seat and the waitlist. */
export function AddSeat({ cohort, onClose }: { cohort: CohortShown; onClose: () => void }) {
  const say = useWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [kind, setKind] = useState<SeatKind>('participant')
  const add = useSend(addSeat, { refreshes: seatsRefresh })
  const taken = new Set(cohort.seatList.map(({ person }) => person.id as string))
  const seatOne = ({ personId, institution, name }: Found) =>
    add.mutate(
      { params: { cohortId: cohort.id }, body: { personId, institutionId: institution.id, kind } },
      { onSuccess: ({ status }) => tell({ text: say(`added.${status}`, { name }) }) },
    )
  return (
    <section className="picker" aria-label={say('add')}>
      <div className="row between">
        <h3>{say('add')}</h3>
        <TextButton onClick={onClose}>{ui('close')}</TextButton>
      </div>
      <Choice
        id="add-part"
        label={say('part')}
        value={kind}
        options={SEAT_KINDS.map((one) => [one, say(`part.${one}`)] as const)}
        onChange={(value) => setKind(value as SeatKind)}
      />
      {add.error && <ProblemNotice problem={add.error.problem} sayRefusal={refusals} />}
      <FindPeople taken={taken} onPick={seatOne} />
    </section>
  )
}
