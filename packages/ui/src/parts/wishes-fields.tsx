import { LanguagePicker } from './language-picker.tsx'
import { WeekPicker } from './week-picker.tsx'

type Fields = Readonly<{ canChair: boolean; languages: readonly string[]; slots: readonly string[] }>
type Words = Readonly<{ slots: string; slotsHint: string; languages: string; canChair: string }>

/** Weekly times, languages and one thing to offer, as whoever puts groups together asks for them. */
export function WishesFields<W extends Fields>(props: { wishes: W; words: Words; onChange: (next: W) => void }) {
  const { wishes, words, onChange } = props
  return (
    <>
      <WeekPicker
        label={words.slots}
        hint={words.slotsHint}
        value={wishes.slots}
        onChange={(slots) => onChange({ ...wishes, slots })}
      />
      <LanguagePicker
        label={words.languages}
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
        <span>{words.canChair}</span>
      </label>
    </>
  )
}
