import { SimpleSelect } from '@instructure/ui/v11_7'
import { useWords } from './say.ts'

/** Chooses one section or group of a course, or all. Nothing where the LMS told none. `value` null is all. */
export function SectionFilter(props: {
  sections: readonly string[]
  value: string | null
  onChange: (section: string | null) => void
}) {
  const { sections, value, onChange } = props
  const say = useWords()
  if (sections.length === 0) return null
  return (
    <SimpleSelect
      renderLabel={say('section.label')}
      value={value ?? ''}
      onChange={(_event, chosen) => onChange(String(chosen.value) || null)}
    >
      {['', ...sections].map((section, index) => (
        <SimpleSelect.Option key={section} id={`section-${index}`} value={section}>
          {section || say('section.all')}
        </SimpleSelect.Option>
      ))}
    </SimpleSelect>
  )
}
