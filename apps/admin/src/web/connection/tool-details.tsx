import { useState } from 'react'
import { showToolDetails } from '@copractice/core/connection'
import { Loaded, useRoute } from '@copractice/ui'
import { CopyValue } from './copy-value.tsx'
import type { LmsName } from './check-words.ts'
import { useWords } from './say.ts'

/** What the LMS administrator enters in the LMS, value by value; for Canvas first the one address that fills the form. */
export function ToolDetails({ lms }: { lms?: LmsName }) {
  const say = useWords()
  const details = useRoute(showToolDetails, {})
  const [chosen, setChosen] = useState<LmsName>('canvas')
  const profile = lms ?? chosen
  return (
    <div className="stack">
      <p className="muted">{say('tool.lede')}</p>
      {!lms && (
        <div className="field">
          <label htmlFor="tool-lms">{say('tool.lms')}</label>
          <select
            className="input"
            id="tool-lms"
            value={chosen}
            onChange={(event) => setChosen(event.target.value as LmsName)}
          >
            {(['canvas', 'moodle', 'other'] as const).map((name) => (
              <option key={name} value={name}>
                {say(`profile.${name}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      <Loaded from={details} what={say('tool.title')} lines={5}>
        {({ canvasConfigUrl, launchUrl, loginUrl, jwksUrl, iconUrl, custom }) => (
          <div className="stack">
            {profile === 'canvas' && (
              <>
                <CopyValue label={say('tool.canvasConfigUrl')} value={canvasConfigUrl} />
                <p className="small">{say('tool.canvasHint')}</p>
              </>
            )}
            <CopyValue label={say('tool.redirect')} value={launchUrl} />
            <CopyValue label={say('tool.launchUrl')} value={launchUrl} />
            <CopyValue label={say('tool.loginUrl')} value={loginUrl} />
            <CopyValue label={say('tool.jwksUrl')} value={jwksUrl} />
            {profile !== 'other' && <CopyValue label={say('tool.custom')} value={custom[profile]} />}
            <CopyValue label={say('tool.iconUrl')} value={iconUrl} />
          </div>
        )}
      </Loaded>
    </div>
  )
}
