/** Everybody in the demo. Names, places and words are made up. */
export type DemoPerson = Readonly<{
  name: string
  email: string
  pronouns?: string
  /** LMS user id at their campus; absent for people without an LMS. */
  lmsId?: string
  /** Their own settings in the LMS. */
  locale?: string
  highContrast?: boolean
}>

const canvasId = (n: number) => `5f1c2a7e-40b3-4d0e-9a11-${String(n).padStart(12, '0')}`
const at = (host: string) => (name: string) =>
  `${name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .split(' ')
    .join('.')}@${host}`
const riversideMail = at('riverside.example')
const hillsideMail = at('hillside.example')

const riverside = (n: number, name: string, pronouns?: string): DemoPerson => ({
  name,
  email: riversideMail(name),
  lmsId: canvasId(n),
  ...(pronouns ? { pronouns } : {}),
})
const hillside = (n: number, name: string, pronouns?: string): DemoPerson => ({
  name,
  email: hillsideMail(name),
  lmsId: String(n),
  ...(pronouns ? { pronouns } : {}),
})

/** Seven of the cohort's twelve learners; the first is whom the tour follows. */
export const RIVERSIDE_LEARNERS = [
  riverside(1, 'Amara Okonjo', 'she/her'),
  riverside(2, 'Daniel Oyelaran'),
  riverside(3, 'Farah Haddad', 'she/her'),
  riverside(4, 'Grace Lindqvist'),
  { ...riverside(5, 'Luis Ferreira Prado', 'he/him'), locale: 'es', highContrast: true },
  riverside(6, 'Paul Bergeron', 'he/him'),
  riverside(7, 'Priya Nair'),
] as const

/** The other five. */
export const HILLSIDE_LEARNERS = [
  hillside(21, 'Devika Raman', 'she/her'),
  hillside(22, 'Hannah Weiss', 'she/her'),
  hillside(23, 'Ibrahim Sayegh'),
  hillside(24, 'Tomasz Wilk'),
  hillside(25, 'Yuki Tanabe', 'they/them'),
] as const

/** In the course, not yet in the cohort: the first finds the last seat, the second the waitlist. */
export const RIVERSIDE_OTHERS = [riverside(8, 'Sofia Castellanos'), riverside(9, 'Owen Maddox', 'he/him')] as const

export const RIVERSIDE_INSTRUCTOR = riverside(90, 'Eleanor Voss', 'she/her')
export const HILLSIDE_INSTRUCTOR = hillside(12, 'Matías Roldán', 'he/him')

/** Others around the Riverside course: who helps, who looks on, who looks after the LMS, and its "student view". */
export const RIVERSIDE_AROUND = {
  ta: riverside(91, 'Noor Abbasi', 'she/her'),
  observer: riverside(92, 'Samira Haddad', 'she/her'),
  admin: riverside(93, 'Kofi Mensah', 'he/him'),
  test_student: riverside(94, 'Test Student'),
} as const

export const PARTNERS = [
  { organisation: 'Tenth Street Food Hub', name: 'Denise Carter', email: 'denise@tenthstreet.example' },
  {
    organisation: 'Puente Housing Alliance',
    name: 'Marisol Aguirre',
    email: 'marisol@puente.example',
    pronouns: 'ella / she',
  },
] as const

export const COORDINATOR: DemoPerson = {
  name: 'Teresa Molnar',
  email: 'teresa@threevalleys.example',
  pronouns: 'she/her',
}

/** Administers the whole network: its limits and its programmes. */
export const ADMINISTRATOR: DemoPerson = {
  name: 'Hana Brandt',
  email: 'hana@threevalleys.example',
}
/** Runs the meetings with the cohort's chair; takes no seat. */
export const FACILITATOR: DemoPerson = { name: 'Ruth Adeyemi', email: riversideMail('Ruth Adeyemi') }
