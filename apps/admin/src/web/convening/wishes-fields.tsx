import type { AskedWishes } from '@copractice/core/convening'
import { LanguagePicker, WeekPicker } from '@copractice/ui'
import { useWords as usePlacementWords } from './board/say.ts'

export const NO_WISHES: AskedWishes = { canChair: false, languages: [], slots: [] }

/** What is asked of those who may be placed into a cohort: times, languages, and whether they could chair. */
export function WishesFields(props: { wishes: AskedWishes; timeZone: string; onChange: (next: AskedWishes) => void }) {
  const say = usePlacementWords()
  const { wishes, timeZone, onChange } = props
  return (
    <>
      <WeekPicker
        label={say('wish.slots')}
        hint={say('wish.slotsHint', { zone: timeZone.replaceAll('_', ' ') })}
        value={wishes.slots}
        onChange={(slots) => onChange({ ...wishes, slots })}
      />
      <LanguagePicker
        label={say('wish.languages')}
        value={wishes.languages}
        onChange={(languages) => onChange({ ...wishes, languages })}
      />
      <label className="tick-line">
        <input
          className="tick"
          type="checkbox"
          checked={wishes.canChair}
          onChange={(event) => onChange({ ...wishes, canChair: event.target.checked })}
        />
        <span>{say('wish.canChair')}</span>
      </label>
    </>
  )
}
