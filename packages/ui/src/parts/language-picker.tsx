import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Those offered: the most spoken of where the app is used. What else is spoken belongs into a list that is imported. */
const OFFERED = ['en', 'es', 'fr', 'pt', 'zh', 'ar', 'de', 'nl']

/** Languages to tick, by their names in the reader's language; those that are chosen already stand among them. */
export function LanguagePicker(props: {
  label: string
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const { label, value, onChange } = props
  const { i18n } = useTranslation()
  const [offered] = useState(() => [...new Set([...OFFERED, ...value])])
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' })
  const nameOf = (language: string) => {
    try {
      return names.of(language)
    } catch {
      // Not the tag of a language: it was written in words.
      return language
    }
  }
  return (
    <fieldset className="week-picker">
      <legend className="label">{label}</legend>
      <div className="ticks">
        {offered.map((one) => (
          <label key={one} className="tick-line">
            <input
              className="tick"
              type="checkbox"
              checked={value.includes(one)}
              onChange={() => onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one])}
            />
            <span>{nameOf(one)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
