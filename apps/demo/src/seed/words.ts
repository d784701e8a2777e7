/** What people in the demo have written. Made up for it. */

export const COHORT = {
  name: 'Willow cohort',
  theme: 'Community Engagement Fundamentals',
} as const

/** Six meetings, two weeks apart; the index of the next one follows from the day the demo is first started. */
export const MEETINGS = [
  { title: 'Introductions and hopes', bring: 'One object from a place you work with' },
  { title: 'Models, and where they disagree', bring: 'The model you were taught first' },
  { title: 'Case: the clinic waiting room', bring: 'Your notes on the case, half a page' },
  { title: 'Requirements and a buddy plan', bring: 'The list of what your portfolio still lacks' },
  { title: 'Stories into principles', bring: 'One short story of a partner who changed your plan' },
  { title: 'Workshop: materials in progress', bring: 'A draft you are not sure about' },
] as const

export const PROMPT = 'Think of a time a partner changed your plan. What did you have to let go of?'

/** `reply` answers the post before it. */
export const POSTS = [
  {
    by: 'Denise Carter',
    text: 'The students arrived with a survey and our guests arrived with dinner. We put the survey in a drawer, washed up together, and heard more than the survey asked. What we let go of was being the ones with the questions.',
  },
  { by: 'Hannah Weiss', reply: true, text: 'May I read this to my methods class before they write a single question?' },
  {
    by: 'Tomasz Wilk',
    text: 'The syllabus said week six and the river said week three. The fire department wanted sandbags, so the reflection papers came a month late and were better for it.',
  },
] as const

export const PARTNER_MAP_ROUND = {
  title: 'Partner map',
  instructions:
    'One page: who your partners are, what each of them wants from the work, and one thing you do not know yet. Write it so that a partner could read it.',
} as const

export const ACTION_PLAN_ROUND = {
  title: 'Action plan, first draft',
  instructions:
    'What was asked for, what you will do and with whom, and how you and your partner will know whether it helped. About 400 words.',
} as const

const level = (points: number, label: string, descriptor: string) => ({ points, label, descriptor })

export const PARTNER_MAP_RUBRIC = {
  criteria: [
    {
      id: 'voice',
      title: 'Partner’s voice',
      description: 'One can hear what the partners themselves want.',
      commentRequired: true,
      levels: [
        level(0, 'Not there yet', 'Partners are named, and that is all.'),
        level(2, 'Getting there', 'Their wishes are told by the author alone.'),
        level(4, 'There', 'At least one partner’s own words or decision stand in it.'),
        level(5, 'More than asked', 'A partner has read it and shaped it.'),
      ],
    },
    {
      id: 'unknown',
      title: 'What is not known',
      description: 'The map says where it is empty, and why that matters.',
      commentRequired: false,
      levels: [
        level(0, 'Not there yet', 'Nothing is said to be unknown.'),
        level(3, 'Getting there', 'A gap is named without what would follow from filling it.'),
        level(5, 'There', 'A gap is named, with who could fill it.'),
      ],
    },
  ],
}

export const ACTION_PLAN_RUBRIC = {
  criteria: [
    ...PARTNER_MAP_RUBRIC.criteria.slice(0, 1),
    {
      id: 'steps',
      title: 'Steps someone could follow',
      description: 'A colleague could begin on Monday.',
      commentRequired: false,
      levels: [
        level(0, 'Not there yet', 'Aims only.'),
        level(2, 'Getting there', 'Steps without people or dates.'),
        level(4, 'There', 'Who does what by when.'),
        level(5, 'More than asked', 'Also what happens when a step fails.'),
      ],
    },
    {
      id: 'knowing',
      title: 'How you will know',
      description: 'What would be different, for whom, and the partner’s part in judging it.',
      commentRequired: false,
      levels: [
        level(0, 'Not there yet', 'No sign of success is named.'),
        level(2, 'Getting there', 'Signs are named; the partner has no part in judging them.'),
        level(4, 'There', 'Signs are named and the partner judges them.'),
        level(5, 'More than asked', 'The plan also says when to stop.'),
      ],
    },
  ],
}

/** Fourteen partner maps, in the order of the cohort's people. */
export const PARTNER_MAPS = [
  'The tenants’ association wants the hallway lights back before winter; the landlord wants fewer letters. We supply students on Wednesdays. I do not know who the night-shift tenants trust, and only Mrs. Ilunga could tell us.',
  'Three after-school clubs share one gym. Two want tutors, one wants us to stop photographing. The coach’s own words: come when it rains. I have not asked the children.',
  'The library branch, a mosque and a repair café: each told me what a good year looks like. The café wrote its own line on this map. What nobody knows is whether the bus route survives the spring.',
  'A watershed council and two farms. They agree on the creek and on nothing else. Unknown: what the seasonal workers, who drink from it, would ask for.',
  'One clinic, one school nurse, one stubborn printer. The nurse said “stop making leaflets”. I had planned leaflets. Unknown: which families never come at all.',
  'The food hub chairs this, we take minutes. Their list has seven wishes, ours had three, and only one was on both. We know little about the donors.',
  'A prison reading group. The readers want harder books, the officers want quieter ones. Who decides is not written anywhere, and that is the empty part of the map.',
  'Beekeepers, the parks office, my first-year seminar. The beekeepers want hands in April; my seminar ends in December. Unknown: whether alumni would come.',
  'A language café run by grandmothers. What they want: to be paid in groceries, and to choose the topics. What we do not know is how many gave up before we came.',
  'The bus drivers’ union and a disability group both map the same stops, separately. Each wants the other’s map. I do not know why they have not asked.',
  'A youth radio station wants airtime in our building. We wanted interviews. They said: you may listen first. Unknown is what they will broadcast about us.',
  'The flood volunteers keep a paper list of who needs help with stairs. They want it to stay on paper. I had built a form. Who is missing from the list, nobody knows.',
  'From the food hub: we want students who stay longer than a term, a shelf that is full on Mondays, and somebody to write down what our cooks know. We do not know what the university wants.',
  'From the housing alliance: our members want repairs and a seat where rents are discussed. Students help with forms. We have never been told what becomes of the interviews.',
] as const

export const ACTION_PLAN_DRAFTS = [
  'In August the clinic’s front desk said that families tell the same story three times in one afternoon. From January one shared desk opens on Wednesdays. We count how many have to repeat themselves, and the desk’s volunteers decide whether that is better.',
  'The coach asked for rain days. Two students per wet afternoon, names on his door by Sunday. If nobody comes on three rainy days in a row, we stop and say so.',
  'The repair café needs a ledger it can read at a glance. We draw it with them on two Saturdays, and they keep the pen. Success is theirs to name in March.',
] as const

/** What reviewers write beside their marks, taken in turn. */
export const REVIEW_COMMENTS = [
  'I could hear the partner in the second sentence. Could that sentence come first?',
  'You say what they want; I would like to read one line in their own words.',
  'The gap you name is the most useful part. Who could you ask by Friday?',
  'Clear and short. I did not find out what happens if they say no.',
  'This made me look at my own map again. Perhaps say who read yours.',
] as const
