import type { Criterion, Rubric } from './rubric.ts'

export type RubricTemplate = Readonly<{ key: string; title: string; rubric: Rubric }>
type Descriptors = readonly [string, string, string, string]
type More = Partial<Pick<Criterion, 'weight' | 'commentRequired' | 'minimumWords' | 'prompts'>>

const LABELS = ['Not there yet', 'Partly there', 'There', 'An example to others'] as const

function criterion(
  id: string,
  title: string,
  description: string,
  descriptors: Descriptors,
  more: More = {},
): Criterion {
  const levels = descriptors.map((descriptor, points) => ({ points, label: LABELS[points]!, descriptor }))
  return { id, title, description, levels, commentRequired: false, ...more }
}

const useful = criterion(
  'next-step',
  'Ready to hand in',
  'What stands between this draft and the application?',
  [
    'A part that was asked for is missing.',
    'Everything is there; a reader who does not know the author would be lost in places.',
    'Complete, and clear to a reader who does not know the author.',
    'Complete and clear, and a pleasure to read.',
  ],
  { commentRequired: true, minimumWords: 20, prompts: ['What is the one change you would make first?'] },
)

/**
 * One rubric for each kind of work that applications for the community engagement credentials ask for: somewhere to
 * start, to be changed by whoever uses it. Their criteria follow what the programme asks of each kind.
 */
export const rubricTemplates: readonly RubricTemplate[] = [
  {
    key: 'self-assessment',
    title: 'Self-assessment',
    rubric: {
      criteria: [
        criterion(
          'evidence',
          'Each judgement rests on something that happened',
          'Competencies are shown, not claimed.',
          [
            'Judgements without examples.',
            'Examples for some competencies, or examples that show something else.',
            'An example for each competency that shows what is said of it.',
            'Examples with what came of them, and what others said.',
          ],
          { weight: 2, commentRequired: true, prompts: ['Which example convinced you most?'] },
        ),
        criterion('honesty', 'Strengths and gaps', 'Both are named.', [
          'Only strengths, or only gaps.',
          'Both, the gaps in general words.',
          'Both, each in words one could act on.',
          'Both, with how the author came to see them.',
        ]),
        criterion('learning', 'What to learn next', 'The plan follows from the gaps.', [
          'No plan.',
          'A plan that does not follow from the gaps.',
          'Steps that follow from the gaps.',
          'Steps with dates, people and a way to tell.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'cv',
    title: 'CV and professional development list',
    rubric: {
      criteria: [
        criterion('engagement', 'Engagement is visible', 'A reader finds the community-engaged work.', [
          'It has to be guessed.',
          'It is there, among everything else.',
          'It is easy to find, with the author’s part in it.',
          'It is easy to find, with the author’s part, the partners and what came of it.',
        ]),
        criterion('development', 'Professional development', 'What was learnt, where and when.', [
          'A list of titles.',
          'Titles with dates.',
          'Dates, hours and what it was about.',
          'And what the author does differently since.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'narrated-video',
    title: 'Narrated video, 15 to 20 minutes',
    rubric: {
      criteria: [
        criterion(
          'story',
          'The practice itself',
          'One sees and hears what the author does.',
          [
            'It says that work was done, not what or how.',
            'One can follow what was done.',
            'One can follow what was done, why, and with whom.',
            'And what the author would do otherwise now.',
          ],
          { weight: 2, commentRequired: true, prompts: ['At which minute did you learn most?'] },
        ),
        criterion('competencies', 'Competencies', 'They are named where they show.', [
          'None is named.',
          'Some are named, apart from what is shown.',
          'Each is named where it shows.',
          'Each is named where it shows, with its limits.',
        ]),
        criterion('partner', 'The partner’s voice', 'Partners speak, or are quoted with consent.', [
          'Partners are not mentioned.',
          'Partners are spoken about.',
          'Partners speak or are quoted, with consent.',
          'Partners helped to decide what is told.',
        ]),
        criterion('made', 'Watching it', 'Length, sound, captions.', [
          'It cannot be followed, or is far from 15 to 20 minutes.',
          'It can be followed with effort.',
          '15 to 20 minutes, easy to hear, with captions.',
          'And images that say what words do not.',
        ]),
      ],
    },
  },
  {
    key: 'work-samples',
    title: 'Annotated work samples',
    rubric: {
      criteria: [
        criterion('choice', 'The choice of samples', 'Each shows something the others do not.', [
          'One kind of work only.',
          'Several, some of them showing the same.',
          'Each shows another competency.',
          'Together they show how the work has grown.',
        ]),
        criterion(
          'annotation',
          'The annotations',
          'They say what a reader should look at and why.',
          [
            'They describe the sample.',
            'They say what the author did.',
            'They say what the author did, why, and which competency that is.',
            'And what was hard, and what came of it.',
          ],
          { weight: 2, commentRequired: true, prompts: ['Which annotation would you lengthen, which shorten?'] },
        ),
        useful,
      ],
    },
  },
  {
    key: 'commitments-essay',
    title: 'Critical-commitments essay',
    rubric: {
      criteria: [
        criterion(
          'commitment',
          'The commitment',
          'What the author stands for in this work.',
          [
            'A value everyone holds.',
            'A commitment, in general words.',
            'A commitment one could disagree with.',
            'A commitment, where it comes from, and what it costs.',
          ],
          { weight: 2, commentRequired: true, minimumWords: 30, prompts: ['What would somebody say who disagrees?'] },
        ),
        criterion('power', 'Power and position', 'Who decides, who gains, and where the author stands.', [
          'Not touched on.',
          'Named in general.',
          'Named for this work, the author’s own place included.',
          'And what was changed because of it.',
        ]),
        criterion('practice', 'From commitment to practice', 'It shows in something that was done.', [
          'No example.',
          'An example that could be anyone’s.',
          'An example in which the commitment changed what happened.',
          'Examples where it held and where it did not.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'action-plan',
    title: 'Action plan',
    rubric: {
      criteria: [
        criterion('partner', 'Partners’ part in it', 'Who asked for it, and who decides.', [
          'Partners come in at the end.',
          'Partners were asked.',
          'Partners decide with the author, and it says how.',
          'Partners decide, and can stop it.',
        ]),
        criterion(
          'steps',
          'Steps somebody could follow',
          'Who does what by when, with what.',
          [
            'Aims without steps.',
            'Steps without dates or people.',
            'Steps with dates and people.',
            'Steps with dates, people, means, and what happens if one fails.',
          ],
          { weight: 2, commentRequired: true, prompts: ['Which step would you doubt, and why?'] },
        ),
        criterion('tell', 'How one will tell', 'What would show that it worked, and for whom.', [
          'It does not say.',
          'It counts what was done.',
          'It says what would be different, and for whom.',
          'And who says so, the partners among them.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'reference-letter',
    title: 'Partner reference letter: what was asked and agreed',
    rubric: {
      criteria: [
        criterion('request', 'The request', 'The partner knows what it is for and can say no.', [
          'It is not clear what it is for.',
          'It says what it is for.',
          'It says what it is for, how long it takes, and that no is an answer.',
          'And offers something in return that the partner named.',
        ]),
        criterion('fit', 'What the letter can speak to', 'It fits what the partner has seen.', [
          'It asks for praise.',
          'It asks about things the partner did not see.',
          'It asks about work the partner took part in.',
          'And leaves room for what was hard.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'institutional-context',
    title: 'Institutional context',
    rubric: {
      criteria: [
        criterion('place', 'The place', 'Its history with the communities around it.', [
          'A description from a web page.',
          'Facts about the institution.',
          'Facts, and its history with its neighbours.',
          'And how both sides would tell it.',
        ]),
        criterion('structure', 'What helps and what hinders', 'Policies, money, people.', [
          'Not named.',
          'Named in general.',
          'Named, with what each does to this work.',
          'And what the author has moved.',
        ]),
        useful,
      ],
    },
  },
  {
    key: 'artifact-essay',
    title: 'Annotated-artifact essay',
    rubric: {
      criteria: [
        criterion('artifact', 'The artifact', 'Why this one, and what it is part of.', [
          'It could be any.',
          'It is described.',
          'It is described, with its makers and its use.',
          'And what it shows that words would not.',
        ]),
        criterion(
          'partnership',
          'What it says about the partnership',
          'Reading it closely leads somewhere.',
          [
            'The essay is about something else.',
            'The artifact illustrates a general point.',
            'The point comes from the artifact.',
            'And changes how one sees the partnership.',
          ],
          { weight: 2, commentRequired: true, prompts: ['What did you see in it that the essay does not say?'] },
        ),
        useful,
      ],
    },
  },
]
