import { Temporal } from 'temporal-polyfill'
import type { ProposalBody } from '@copractice/core/proposal'
import type { CredentialPlan, TemplatePlan } from '@copractice/core/programme'

/** What a kit is made of: the proposal as it stands, its hosts, and what the network's programme offers. */
export type KitSource = Readonly<{
  network: string
  body: ProposalBody
  hosts: readonly string[]
  templates: readonly TemplatePlan[]
  /** The micro-credential of the proposal's area, where there is one. */
  credential: CredentialPlan | null
  submissionDeadline: Date | null
}>

/** One page of the kit, in blocks: the same is written as text and as a printable page. */
export type KitPage = Readonly<{ file: string; title: string; blocks: readonly KitBlock[] }>
export type KitBlock =
  | Readonly<{ kind: 'paragraph' | 'heading'; text: string }>
  | Readonly<{ kind: 'list'; items: readonly string[] }>

/** Where the network has no agenda of its own: six parts of a quarter of an hour, at most one of them somebody presenting. */
const PLAIN_AGENDA: TemplatePlan = {
  slug: 'plain',
  name: 'Six quarters of an hour',
  kind: 'agenda',
  parts: [
    { title: 'Check-in and introductions', activity: 'check_in', minutes: 15, text: '' },
    { title: 'Competency discussion', activity: 'competency_discussion', minutes: 15, text: '' },
    { title: 'A story, and the principle in it', activity: 'story_to_principles', minutes: 15, text: '' },
    { title: 'A case or a scenario', activity: 'case_study_or_scenario', minutes: 15, text: '' },
    { title: 'Workshop on work in progress', activity: 'workshop_or_peer_review', minutes: 15, text: '' },
    { title: 'Commitments and what comes next', activity: 'requirements_and_buddy_plan', minutes: 15, text: '' },
  ],
}

const paragraph = (text: string): KitBlock => ({ kind: 'paragraph', text })
const heading = (text: string): KitBlock => ({ kind: 'heading', text })
const said = (text: string, ask: string): KitBlock => paragraph(text.trim() || `To write together: ${ask}`)

const spellDay = (date: string | null): string =>
  date
    ? Temporal.PlainDate.from(date).toLocaleString('en', {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      })
    : 'a day to be found'

const partLine = ({ title, minutes, text }: TemplatePlan['parts'][number]): string =>
  [title, minutes && `${minutes} minutes`, text].filter(Boolean).join(' · ')

/** The kit's pages: how to begin, the charter, an agenda for each meeting, prompts, what the credential asks, an invitation. */
export function composeKit(source: KitSource): KitPage[] {
  const { body, templates, credential } = source
  const title = body.title.trim() || 'A community of practice'
  const of = (kind: TemplatePlan['kind']) => templates.filter((template) => template.kind === kind)
  const agendas = of('agenda').length ? of('agenda') : [PLAIN_AGENDA]
  const prompts = of('prompts')
  return [
    { file: '1-start-here', title: `Starter kit: ${title}`, blocks: beginning(source) },
    { file: '2-charter', title: 'The charter', blocks: charter(body, of('charter')) },
    {
      file: '3-agendas',
      title: 'An agenda for each meeting',
      blocks: body.meetings.length
        ? body.meetings.flatMap((meeting, at) => {
            const agenda = agendas[at % agendas.length]!
            const where = [meeting.place.trim(), meeting.joinUrl.trim() && 'online'].filter(Boolean).join(' and ')
            return [
              heading(`Meeting ${at + 1}: ${meeting.title.trim() || agenda.name}`),
              paragraph(
                [spellDay(meeting.date), meeting.startTime, `${meeting.minutes} minutes`, where]
                  .filter(Boolean)
                  .join(', '),
              ),
              { kind: 'list', items: agenda.parts.map(partLine) },
            ]
          })
        : [paragraph('No meetings are planned yet.'), { kind: 'list', items: agendas[0]!.parts.map(partLine) }],
    },
    ...(prompts.length
      ? [
          {
            file: '4-prompts',
            title: 'Prompts between the meetings',
            blocks: prompts.flatMap(({ name, parts }): KitBlock[] => [
              heading(name),
              { kind: 'list', items: parts.map(({ title: prompt, text }) => (text ? `${prompt}: ${text}` : prompt)) },
            ]),
          },
        ]
      : []),
    ...(credential ? [{ file: '5-portfolio', title: `What ${credential.name} asks`, blocks: asked(credential) }] : []),
    { file: '6-invitation', title: 'An invitation to send', blocks: invitation(source, title) },
  ]
}

function beginning({ network, body, hosts, submissionDeadline }: KitSource): KitBlock[] {
  return [
    paragraph(
      `Hosted by ${hosts.join(', ') || 'nobody yet'}, in ${network}. Area: ${body.area.trim() || 'to be chosen'}.`,
    ),
    paragraph(
      `From ${spellDay(body.startsOn)} to ${spellDay(body.endsOn)}, ${body.meetings.length} meetings, ${body.timeZone.replaceAll('_', ' ')} time.`,
    ),
    ...(submissionDeadline
      ? [paragraph(`The submission deadline is ${spellDay(submissionDeadline.toISOString().slice(0, 10))}.`)]
      : []),
    heading('Before the first meeting'),
    {
      kind: 'list',
      items: [
        'Agree who chairs, and who stands in.',
        'Read the charter together; every part of it can be changed by agreement.',
        'Send the invitation. Taking part is free and voluntary; nobody is paid.',
        'Open the room or the link ten minutes early, and look at who may need what to take part.',
        'Put the calendar file into your own calendar.',
      ],
    },
    heading('At every meeting'),
    {
      kind: 'list',
      items: [
        'No more than half of the time is one person presenting.',
        'Turns go round: look who has not spoken.',
        'End with a commitment each, and with who prepares what.',
      ],
    },
  ]
}

function charter(
  { charter: parts, democratic, inclusive }: ProposalBody,
  templates: readonly TemplatePlan[],
): KitBlock[] {
  return [
    heading('Domain'),
    said(parts.domain, 'what you all care about, and what lies outside it.'),
    heading('Community'),
    said(parts.community, 'who belongs, how people come and go, how you look after one another.'),
    heading('Practice'),
    said(parts.practice, 'what you do together, what you make, what you keep.'),
    heading('How decisions are shared'),
    said(democratic, 'how everybody has a say.'),
    heading('How everybody can take part'),
    said(inclusive, 'who might be kept out, and what you do about it.'),
    ...templates.flatMap(({ name, parts: asks }): KitBlock[] => [
      heading(`To talk about: ${name}`),
      { kind: 'list', items: asks.map(({ title, text }) => (text ? `${title}: ${text}` : title)) },
    ]),
  ]
}

function asked({ versions }: CredentialPlan): KitBlock[] {
  const { number, competencies, asks } = versions.at(-1)!
  return [
    paragraph(`Version ${number}${competencies ? `, ${competencies} competencies` : ''}.`),
    { kind: 'list', items: asks.map(({ title, note }) => (note ? `${title}. ${note}` : title)) },
    paragraph('Pair up as buddies: read one another’s drafts before they are sent.'),
  ]
}

function invitation({ body, hosts, network }: KitSource, title: string): KitBlock[] {
  const first = body.meetings[0]
  return [
    paragraph('Hello,'),
    paragraph(`${hosts.join(' and ') || network} would like to invite you to “${title}”, a community of practice.`),
    said(body.charter.domain, 'two sentences on what it is about.'),
    paragraph(
      first?.date
        ? `We first meet on ${spellDay(first.date)}${first.startTime ? ` at ${first.startTime}` : ''}. It is free, and you may leave at any time.`
        : 'It is free, and you may leave at any time.',
    ),
  ]
}
