import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { showPlacement, solvePlacementRoute, weighPlacement } from '@copractice/core/convening/board'
import type { ConveningId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, useSend } from '@copractice/ui'
import type { PlacementShown } from './placement-page.tsx'
import { useRefusals, useWords } from './say.ts'

type Fields = Record<'seats' | 'minimum' | 'commonSlots' | 'seed', string>

const isCount = (text: string, least = 1) => /^\d{1,9}$/.test(text.trim()) && Number(text) >= least

/** The limits and the number of the draft, and the button that has people placed. */
export function SolveForm(props: { conveningId: ConveningId; placement: PlacementShown; onAsked?: () => void }) {
  const say = useWords()
  const refusals = useRefusals()
  const { conveningId, placement, onAsked } = props
  const { board, limits, registered } = placement
  const kept = board?.people.filter(({ isPinned }) => isPinned).length ?? 0
  const [fields, setFields] = useState<Fields>(() => {
    const { seats, minimum, commonSlots } = board?.policy ?? limits
    return {
      seats: String(seats),
      minimum: String(minimum),
      commonSlots: String(commonSlots),
      seed: String(board?.seed ?? 1),
    }
  })
  const [keepPins, setKeepPins] = useState(kept > 0)
  const [isAsked, setIsAsked] = useState(false)
  const solve = useSend(solvePlacementRoute, {
    refreshes: [showPlacement, weighPlacement],
    onDone: () => onAsked?.(),
  })
  const isMinimumWrong = Number(fields.minimum) > Number(fields.seats)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const { seats, minimum, commonSlots, seed } = fields
    if (![seats, minimum, commonSlots].every((text) => isCount(text)) || !isCount(seed, 0) || isMinimumWrong) return
    const policy = { seats: Number(seats), minimum: Number(minimum), commonSlots: Number(commonSlots) }
    const body = { version: board?.version ?? 0, seed: Number(seed), policy, keepPins: keepPins && kept > 0 }
    solve.mutate({ params: { conveningId }, body })
  }
  const field = (name: keyof Fields, hint?: string) => {
    const isWrong = !isCount(fields[name], name === 'seed' ? 0 : 1)
    const wrong = isWrong ? say('setup.wrong') : name === 'minimum' && isMinimumWrong ? say('setup.minimumWrong') : ''
    return (
      <TextInput
        renderLabel={say(`setup.${name}`)}
        inputMode="numeric"
        value={fields[name]}
        onChange={(_event, value) => setFields((now) => ({ ...now, [name]: value }))}
        messages={isAsked && wrong ? [{ type: 'newError', text: wrong }] : hint ? [{ type: 'hint', text: hint }] : []}
      />
    )
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('setup')}>
      <p className="muted">{say('setup.text')}</p>
      <div className="two">
        {field('seats')}
        {field('minimum')}
        {field('commonSlots')}
        {field('seed', say('setup.seedHint'))}
      </div>
      {kept > 0 && (
        <label className="tick-line">
          <input
            className="tick"
            type="checkbox"
            checked={keepPins}
            onChange={(event) => setKeepPins(event.target.checked)}
          />
          <span>{say('setup.keep', { count: kept })}</span>
        </label>
      )}
      {board && board.version > 0 && <p className="small muted">{say('setup.loses')}</p>}
      {solve.error && <ProblemNotice problem={solve.error.problem} sayRefusal={refusals} />}
      <ActionButton type="submit" icon={board?.version ? 'retry' : 'people'} isBusy={solve.isPending}>
        {board?.version ? say('setup.again') : say('setup.solve', { count: registered })}
      </ActionButton>
    </form>
  )
}
