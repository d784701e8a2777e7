import { TextInput } from '@instructure/ui/v11_7'
import { listConvenings } from '@copractice/core/convening'
import { DateTimeField, knownZones, useRoute } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useMe } from '../directory/signed-in.tsx'
import type { Composing } from './compose-draft.ts'
import { useWords } from './say.ts'

type Props = Readonly<{ composing: Composing; set: (change: Partial<Composing>) => void; isAsked: boolean }>

/** What the cohort is called, what it is about, and where it belongs. */
export function ComposeAbout({ composing, set, isAsked }: Props) {
  const say = useWords()
  const { regions } = useMe()
  const convenings = useRoute(listConvenings, { query: { limit: 100 } })
  const { name, theme, zone, regionId, conveningId, deadline } = composing
  const ofRegion = (convenings.data?.items ?? []).filter(({ region }) => region.id === regionId)
  const needed = (text: string, hint: string) =>
    isAsked && !text.trim()
      ? [{ type: 'newError' as const, text: say('needed') }]
      : [{ type: 'hint' as const, text: hint }]
  return (
    <div className="fields-group">
      <div className="two">
        <TextInput
          renderLabel={say('name.cohort')}
          isRequired
          value={name}
          onChange={(_event, value) => set({ name: value })}
          messages={needed(name, say('name.hint'))}
        />
        <TextInput
          renderLabel={say('theme')}
          isRequired
          value={theme}
          onChange={(_event, value) => set({ theme: value })}
          messages={needed(theme, say('theme.hint'))}
        />
      </div>
      <div className="two">
        <Choice
          id="region"
          label={say('region')}
          value={regionId}
          options={regions.map((region) => [region.id, region.name] as const)}
          onChange={(value) => set({ regionId: value, conveningId: '' })}
        />
        <Choice
          id="zone"
          label={say('zone')}
          value={zone}
          options={knownZones().map((one) => [one, one.replaceAll('_', ' ')] as const)}
          onChange={(value) => set({ zone: value })}
        />
      </div>
      <div className="two">
        <Choice
          id="convening"
          label={say('convening')}
          value={conveningId}
          options={[['', say('convening.none')], ...ofRegion.map((one) => [one.id, one.name] as const)]}
          onChange={(value) => set({ conveningId: value })}
        />
        <DateTimeField
          label={say('deadline')}
          value={deadline}
          zone={zone}
          onChange={(value) => set({ deadline: value })}
        />
      </div>
    </div>
  )
}
