import { useState } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import type { FacilitatorDetails } from '@copractice/core/proposal'
import { deviceZone, knownZones } from '@copractice/ui'
import { Choice } from '../../directory/choice.tsx'
import { usePairingWords } from './say-pairing.ts'
import './pairing.css'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const HOURS = Array.from({ length: 15 }, (_, at) => String(at + 7).padStart(2, '0'))

/** What the fields hold: languages and areas as text with commas. */
export type DetailsText = Readonly<{
  about: string
  experience: string
  languages: string
  areas: string
  zone: string
  atOnce: string
  slots: readonly string[]
}>

export const emptyDetails = (): DetailsText => ({
  about: '',
  experience: '',
  languages: '',
  areas: '',
  zone: deviceZone(),
  atOnce: '1',
  slots: [],
})
export const textOf = (details: FacilitatorDetails): DetailsText => ({
  about: details.about,
  experience: details.experience,
  languages: details.languages.join(', '),
  areas: details.areas.join(', '),
  zone: details.timeZone,
  atOnce: String(details.atOnce),
  slots: details.slots,
})

/** Words between commas, each once. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((word) => word.trim().slice(0, 100))
      .filter(Boolean),
  ),
]

/** In the contract's shape; undefined while a language is missing. */
export function detailsOf(text: DetailsText): FacilitatorDetails | undefined {
  const languages = wordsIn(text.languages).slice(0, 20)
  if (!languages.length) return undefined
  return {
    about: text.about.trim(),
    experience: text.experience.trim(),
    languages,
    timeZone: text.zone,
    areas: wordsIn(text.areas).slice(0, 30),
    slots: [...text.slots],
    atOnce: Number(text.atOnce),
  }
}

type Props = Readonly<{
  text: DetailsText
  areas: readonly string[]
  isAsked: boolean
  onChange: (change: Partial<DetailsText>) => void
}>

/** What somebody says about facilitating: the public form and one's own page show the same fields. */
export function DetailsFields({ text, areas, isAsked, onChange }: Props) {
  const say = usePairingWords()
  const chosen = wordsIn(text.areas)
  const toggle = (area: string) =>
    onChange({ areas: (chosen.includes(area) ? chosen.filter((one) => one !== area) : [...chosen, area]).join(', ') })
  return (
    <>
      <TextArea
        label={say('about')}
        value={text.about}
        onChange={(event) => onChange({ about: event.target.value.slice(0, 2000) })}
        messages={[{ type: 'hint', text: say('about.hint') }]}
      />
      <TextArea
        label={say('experience')}
        value={text.experience}
        onChange={(event) => onChange({ experience: event.target.value.slice(0, 2000) })}
      />
      <TextInput
        renderLabel={say('languages')}
        isRequired
        value={text.languages}
        onChange={(_event, languages) => onChange({ languages })}
        messages={
          isAsked && !wordsIn(text.languages).length
            ? [{ type: 'newError', text: say('needed') }]
            : [{ type: 'hint', text: say('languages.hint') }]
        }
      />
      {areas.length > 0 && (
        <fieldset className="field">
          <legend>{say('areas')}</legend>
          <div className="row">
            {areas.map((area) => (
              <label key={area}>
                <input type="checkbox" checked={chosen.includes(area)} onChange={() => toggle(area)} /> {area}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <TextInput
        renderLabel={say(areas.length ? 'areas.hint' : 'areas')}
        value={text.areas}
        onChange={(_event, value) => onChange({ areas: value })}
        messages={areas.length ? [] : [{ type: 'hint', text: say('areas.onlyText') }]}
      />
      <div className="two">
        <Choice
          id="zone"
          label={say('zone')}
          value={text.zone}
          options={knownZones().map((zone) => [zone, zone.replaceAll('_', ' ')] as const)}
          onChange={(zone) => onChange({ zone })}
        />
        <Choice
          id="at-once"
          label={say('atOnce')}
          value={text.atOnce}
          options={['1', '2', '3', '4', '5'].map((count) => [count, count] as const)}
          onChange={(atOnce) => onChange({ atOnce })}
        />
      </div>
      <Slots slots={text.slots} onChange={(slots) => onChange({ slots })} />
    </>
  )
}

/** The hours of a week as boxes to tick; rows may be many, the region scrolls. */
function Slots({ slots, onChange }: { slots: readonly string[]; onChange: (slots: readonly string[]) => void }) {
  const say = usePairingWords()
  const [all] = useState(() => new Intl.DateTimeFormat('en', { hour: 'numeric', timeZone: 'UTC' }))
  const hour = (text: string) => all.format(new Date(Date.UTC(2027, 0, 4, Number(text))))
  const toggle = (slot: string) =>
    onChange(slots.includes(slot) ? slots.filter((one) => one !== slot) : [...slots, slot])
  return (
    <div className="field">
      <p id="slots-label">
        <strong>{say('slots')}</strong>
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className="scroll" role="region" tabIndex={0} aria-labelledby="slots-label">
        <table className="slots">
          <thead>
            <tr>
              <th scope="col">{say('slots.row')}</th>
              {DAYS.map((day) => (
                <th key={day} scope="col">
                  {say(`day.${day}`).slice(0, 3)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {HOURS.map((at) => (
              <tr key={at}>
                <th scope="row">{hour(at)}</th>
                {DAYS.map((day) => (
                  <td key={day}>
                    <input
                      type="checkbox"
                      aria-label={say('slots.of', { day: say(`day.${day}`), hour: hour(at) })}
                      checked={slots.includes(`${day}-${at}`)}
                      onChange={() => toggle(`${day}-${at}`)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint" role="status">
        {say('slots.count', { count: slots.length })}
      </p>
    </div>
  )
}
