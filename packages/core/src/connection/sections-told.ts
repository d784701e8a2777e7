/** Custom parameters we register, by LMS; Canvas names sections, Moodle numbers groups. */
export const SECTION_PARAMETERS = {
  canvas: { section_names: '$com.instructure.User.sectionNames', section_ids: '$Canvas.course.sectionIds' },
  moodle: { group_ids: '$Moodle.Person.userGroupIds' },
  other: {},
} as const

const MOST = 50
const LONGEST = 200

/**
 * The sections or groups somebody is in, from a launch's custom parameters: names where the LMS tells them (a JSON list),
 * otherwise ids (with commas between). Null: not told, so what is known stays; none is an answer.
 */
export function sectionsTold(custom: Readonly<Record<string, string>>): readonly string[] | null {
  const told = names(custom['section_names']) ?? ids(custom['section_ids']) ?? ids(custom['group_ids'])
  return told && [...new Set(told.map(readable).filter(Boolean))].slice(0, MOST).sort()
}

/** A list written as JSON may spell characters that no database keeps, whatever the text that it stands in. */
const readable = (text: string) =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed()

function names(text: string | undefined): string[] | null {
  if (text === undefined) return null
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : null
  } catch {
    return null
  }
}

/** A variable the LMS does not know arrives as its own name. */
const ids = (text: string | undefined): string[] | null =>
  text === undefined || text.startsWith('$') ? null : text.split(',')
