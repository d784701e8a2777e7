import type { SimulatedCourse, SimulatedPerson, UnrelatedColumn } from '@copractice/lms-simulator'
import {
  HILLSIDE_INSTRUCTOR,
  HILLSIDE_LEARNERS,
  RIVERSIDE_AROUND,
  RIVERSIDE_INSTRUCTOR,
  RIVERSIDE_LEARNERS,
  RIVERSIDE_OTHERS,
  type DemoPerson,
} from './people.ts'
import { COHORT } from './words.ts'

/** What each campus's LMS holds before Copractice is opened in it: a course, its people, a link, a few grades of its own. */
export const riversideCourse = (cohortId: string): SimulatedCourse => {
  const learners = [...RIVERSIDE_LEARNERS, ...RIVERSIDE_OTHERS]
  return {
    id: 'cep-610',
    title: 'Community Engagement Practice',
    label: 'CEP 610',
    term: 'Fall 2026',
    people: enrolled(learners, RIVERSIDE_INSTRUCTOR, 'America/New_York', RIVERSIDE_AROUND),
    links: [{ id: 'willow', title: COHORT.name, kind: 'navigation', custom: { cohort: cohortId } }],
    gradebook: columns(learners, [
      ['Week 3 reflection', 10, [9, 8, 10, 9, 7, 9, 8, 10, 8]],
      ['Site visit log', 20, [18, 17, 20, 16, 18, 19, 15, 18, null]],
    ]),
  }
}

export const hillsideCourse = (cohortId: string): SimulatedCourse => ({
  id: 'edu-455',
  title: 'Learning with Communities',
  label: 'EDU 455',
  term: 'Autumn 2026',
  people: enrolled(HILLSIDE_LEARNERS, HILLSIDE_INSTRUCTOR, 'America/Chicago'),
  links: [{ id: 'willow', title: COHORT.name, kind: 'navigation', custom: { cohort: cohortId } }],
  gradebook: columns(HILLSIDE_LEARNERS, [['Reading notes', 10, [8, 10, 7, 9, 9]]]),
})

type Around = Partial<Readonly<Record<SimulatedPerson['role'], DemoPerson>>>

function enrolled(
  learners: readonly DemoPerson[],
  instructor: DemoPerson,
  timeZone: string,
  around: Around = {},
): SimulatedPerson[] {
  const person = (from: DemoPerson, role: SimulatedPerson['role']): SimulatedPerson => {
    const words = from.name.split(' ')
    const familyName = words.slice(1).join(' ')
    const related = learners.filter(({ name }) => name.endsWith(` ${familyName}`))
    return {
      id: from.lmsId!,
      name: from.name,
      givenName: words[0]!,
      familyName,
      email: from.email,
      role,
      timeZone,
      ...(from.pronouns ? { pronouns: from.pronouns } : {}),
      ...(from.locale ? { locale: from.locale } : {}),
      ...(from.highContrast ? { highContrast: true } : {}),
      ...(role === 'observer' ? { observes: related.map(({ lmsId }) => lmsId!) } : {}),
    }
  }
  const others = Object.entries(around) as [SimulatedPerson['role'], DemoPerson][]
  return [
    ...learners.map((learner) => person(learner, 'learner')),
    person(instructor, 'instructor'),
    ...others.map(([role, from]) => person(from, role)),
  ]
}

type Column = readonly [label: string, scoreMaximum: number, scores: readonly (number | null)[]]

const columns = (learners: readonly DemoPerson[], given: readonly Column[]): UnrelatedColumn[] =>
  given.map(([label, scoreMaximum, scores], index) => ({
    id: `own-${index + 1}`,
    label,
    scoreMaximum,
    scores: Object.fromEntries(learners.map((learner, position) => [learner.lmsId!, scores[position] ?? null])),
  }))
