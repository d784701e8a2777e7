import { useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import { exportRoundRoute } from '@copractice/core/review'
import { ActionButton, saveFile, useCall, useSayProblem, useTell } from '@copractice/ui'
import { useChoiceRefusals, useChoiceWords } from './say-choices.ts'

type Wanted = Readonly<{ form: 'json' | 'csv'; purpose: 'teaching' | 'research' }>

/** The round as a file: for teaching, or for research with those who consent. */
export function ExportPart({ roundId }: { roundId: RoundId }) {
  const say = useChoiceWords()
  const sayProblem = useSayProblem(useChoiceRefusals())
  const call = useCall()
  const tell = useTell()
  const [busy, setBusy] = useState<string | null>(null)
  const take = async (wanted: Wanted) => {
    setBusy(nameOf(wanted))
    const answer = await call.blob(exportRoundRoute, { params: { roundId }, query: wanted })
    setBusy(null)
    if (answer.ok) saveFile(answer.value, nameOf(wanted))
    else tell({ text: sayProblem(answer.problem), tone: 'bad' })
  }
  const button = (wanted: Wanted, label: string) => (
    <ActionButton weight="quiet" icon="document" isBusy={busy === nameOf(wanted)} onClick={() => void take(wanted)}>
      {label}
    </ActionButton>
  )
  return (
    <section className="blk" id="export" aria-labelledby="h-export">
      <h2 id="h-export">{say('export.title')}</h2>
      <p className="lede">{say('export.text')}</p>
      <div className="row">
        {button({ form: 'csv', purpose: 'teaching' }, say('export.csv'))}
        {button({ form: 'json', purpose: 'teaching' }, say('export.json'))}
      </div>
      <h3 className="export-research">{say('export.research')}</h3>
      <p className="lede">{say('export.researchText')}</p>
      <div className="row">
        {button({ form: 'csv', purpose: 'research' }, say('export.csv'))}
        {button({ form: 'json', purpose: 'research' }, say('export.json'))}
      </div>
    </section>
  )
}

const nameOf = ({ form, purpose }: Wanted): string =>
  `${purpose === 'research' ? 'research-reviews' : 'round'}.${form === 'csv' ? 'zip' : 'json'}`
