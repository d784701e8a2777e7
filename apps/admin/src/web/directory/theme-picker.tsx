import { THEMES, useThemeChoice, type ThemeName } from '@copractice/ui'
import { useWords } from './say.ts'

/** Light, dark or high contrast; kept in this browser. */
export function ThemePicker() {
  const say = useWords()
  const [theme, choose] = useThemeChoice()
  return (
    <div className="field">
      <label htmlFor="theme">{say('theme.label')}</label>
      <select id="theme" className="input" value={theme} onChange={(event) => choose(event.target.value as ThemeName)}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {say(`theme.${name}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
