import { emptyBody, type ProposalBody } from '@copractice/core/proposal'

const ZONE = 'America/New_York'

/** Who write the demo's proposals, by the campus they come from. */
export const AUTHORS = {
  gwen: { name: 'Gwen Barlow', email: 'gwen.barlow@hillside.example' },
  imani: { name: 'Imani Cole', email: 'imani.cole@riverside.example' },
  noel: { name: 'Noel Farr', email: 'noel.farr@northgate.example' },
} as const

/** A day so many days from now, `YYYY-MM-DD`. */
export const dayFrom = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

const SUBJECTS = [
  'Introductions and hopes',
  'Who eats, who decides',
  'Case: the kitchen after hours',
  'Stories into principles',
  'Workshop: materials in progress',
  'Commitments and next steps',
]

/** Six meetings, the first so many days from now, then every two weeks. */
const meetingsFrom = (now: Date, first: number, place: string) =>
  SUBJECTS.map((title, at) => ({
    title,
    date: dayFrom(now, first + 14 * at),
    startTime: '15:00',
    minutes: 90,
    place,
    joinUrl: 'https://meet.example/kitchens',
  }))

const said = (now: Date, first: number, place: string): ProposalBody => ({
  ...emptyBody(ZONE),
  scope: 'regional',
  startsOn: dayFrom(now, first),
  endsOn: dayFrom(now, first + 77),
  meetings: meetingsFrom(now, first, place),
})

/** Two campuses together. Sent, and back with changes asked; since then its last meeting has moved too late. */
export const foodSystems = (now: Date): ProposalBody => ({
  ...said(now, 60, 'Hillside’s teaching kitchen'),
  title: 'Food systems and campus kitchens',
  area: 'Community Partnerships',
  democratic:
    'Kitchen staff set the first two prompts. Turns go round the table, and any of us can put a meeting on hold.',
  inclusive: 'A partner and a student choose the case for the third meeting. Meals are shared, and free.',
  charter: {
    domain: 'How campuses feed people, and who has a say in it.',
    community: 'Cooks, students, growers and teachers of two campuses and the food hub between them.',
    practice: 'Cases from our own kitchens, stories that lead to principles, and one change each of us makes.',
  },
})

/** Sent, and waiting for an answer: facilitators are to be found. */
export const riverStories = (now: Date): ProposalBody => ({
  ...said(now, 50, 'Northgate library, room 3'),
  title: 'River stories: oral history with neighbours',
  area: 'Community Partnerships',
  facilitation: 'pair_us',
  democratic: 'The group chooses what is recorded and what is not. Decisions are by consent.',
  inclusive: 'We meet where the bus stops, in the evening, with an interpreter when somebody needs one.',
  charter: {
    domain: 'Recording what a river town remembers, so that those who told it keep it.',
    community: 'Archivists, neighbours and students.',
    practice: 'Interviews in pairs, listening together, and agreements on who holds a recording.',
  },
})

/** A draft whose author asks for help. */
export const tutoring = (now: Date): ProposalBody => ({
  ...emptyBody(ZONE),
  title: 'Tutoring across the bridge',
  area: 'Equity & Inclusion',
  startsOn: dayFrom(now, 55),
  charter: { domain: 'Tutoring that neighbourhoods ask for.', community: '', practice: '' },
})

export const QUESTION = 'May a partner organisation chair, or does it have to be somebody of a campus?'
export const REQUEST =
  'Who leads with Hillside? And the last meeting is close to the deadline: could the season begin a little earlier?'

/** What the demo's cohort came from, one season ago. */
export const willow = (now: Date): ProposalBody => ({
  ...said(now, -60, 'Hollis Hall, Riverside State'),
  title: 'Willow',
  area: 'Community Engagement Fundamentals',
  democratic: 'Everyone sets a prompt in turn; what we keep, we agree on by consent.',
  inclusive: 'Partners without a campus take part by e-mail, with the same rights.',
  charter: {
    domain: 'What it takes to work well with a community, and to say so in a portfolio.',
    community: 'Students, staff and partners of three valleys.',
    practice: 'Stories, shared drafts and reviews of one another’s work.',
  },
})
