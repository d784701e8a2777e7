import { TextInput } from '@instructure/ui/v11_7'
import type { CohortSeen, MeetingPlan } from '@copractice/core/convening/board'
import { Choice } from '../../directory/choice.tsx'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'

/** What the fields hold; `slots` the times chosen by cohort. */
export type PlanFields = Readonly<{
  isNow: boolean
  from: string
  count: string
  everyWeeks: string
  minutes: string
  place: string
  joinUrl: string
  slots: Readonly<Record<string, string>>
}>

export const startingPlan = (from: string): PlanFields => ({
  isNow: true,
  from,
  count: '6',
  everyWeeks: '1',
  minutes: '90',
  place: '',
  joinUrl: '',
  slots: {},
})

const isCount = (text: string, most: number) => /^[1-9]\d{0,2}$/.test(text.trim()) && Number(text) <= most
const isLink = (text: string) => text.trim() === '' || /^https:\/\/\S+\.\S+$/.test(text.trim())

/** The plan in the contract's shape; null while a field is not filled as it has to be. */
export function planOf(fields: PlanFields, title: string): MeetingPlan | null {
  const { from, count, everyWeeks, minutes, place, joinUrl, slots } = fields
  const isWhole = isCount(count, 30) && isCount(everyWeeks, 8) && isCount(minutes, 600) && Number(minutes) >= 15
  if (!isWhole || !/^\d{4}-\d{2}-\d{2}$/.test(from) || !isLink(joinUrl)) return null
  return {
    from,
    count: Number(count),
    everyWeeks: Number(everyWeeks),
    minutes: Number(minutes),
    place: place.trim() || null,
    joinUrl: joinUrl.trim() || null,
    slots: { ...slots },
    title,
  }
}

/** Whether meetings are planned now, and then how often, how long, where, and at which of the shared times. */
export function MeetingPlanFields(props: {
  plan: PlanFields
  cohorts: readonly CohortSeen[]
  isAsked: boolean
  onChange: (next: PlanFields) => void
}) {
  const say = useWords()
  const spell = useSpelling()
  const { plan, cohorts, isAsked, onChange } = props
  const set = (change: Partial<PlanFields>) => onChange({ ...plan, ...change })
  const number = (name: 'count' | 'minutes', most: number) => (
    <TextInput
      renderLabel={say(`commit.${name}`)}
      inputMode="numeric"
      value={plan[name]}
      onChange={(_event, value) => set({ [name]: value })}
      messages={isAsked && !isCount(plan[name], most) ? [{ type: 'newError', text: say('setup.wrong') }] : []}
    />
  )
  return (
    <fieldset className="stack plan">
      <legend className="label">{say('commit.meetings')}</legend>
      {([true, false] as const).map((isNow) => (
        <label key={String(isNow)} className="tick-line">
          <input
            className="tick"
            type="radio"
            name="plan"
            checked={plan.isNow === isNow}
            onChange={() => set({ isNow })}
          />
          <span>{say(isNow ? 'commit.plan' : 'commit.later')}</span>
        </label>
      ))}
      {plan.isNow && (
        <>
          <div className="two">
            <div className="field">
              <label htmlFor="plan-from">{say('commit.from')}</label>
              <input
                className="input"
                id="plan-from"
                type="date"
                value={plan.from}
                onChange={(event) => set({ from: event.target.value })}
              />
            </div>
            {number('count', 30)}
            <Choice
              id="plan-every"
              label={say('commit.every')}
              value={plan.everyWeeks}
              options={[1, 2, 3, 4].map((weeks) => [String(weeks), say('commit.weeks', { count: weeks })] as const)}
              onChange={(everyWeeks) => set({ everyWeeks })}
            />
            {number('minutes', 600)}
          </div>
          <div className="two">
            <TextInput
              renderLabel={say('commit.joinUrl')}
              type="url"
              value={plan.joinUrl}
              onChange={(_event, joinUrl) => set({ joinUrl })}
              messages={[
                isAsked && !isLink(plan.joinUrl)
                  ? { type: 'newError', text: say('commit.placeHint') }
                  : { type: 'hint', text: say('commit.placeHint') },
              ]}
            />
            <TextInput
              renderLabel={say('commit.place')}
              value={plan.place}
              onChange={(_event, place) => set({ place })}
            />
          </div>
          <div className="two">
            {cohorts.map(({ key, name, slots }) => (
              <Choice
                key={key}
                id={`slot-${key}`}
                label={say('commit.slot', { name })}
                value={plan.slots[key] ?? slots[0] ?? ''}
                options={slots.map((slot) => [slot, spell.slot(slot)] as const)}
                onChange={(slot) => set({ slots: { ...plan.slots, [key]: slot } })}
              />
            ))}
          </div>
        </>
      )}
    </fieldset>
  )
}
