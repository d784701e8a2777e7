import type { ProposalBody, ProposalFinding, ProposalPerson } from '@copractice/core/proposal'
import { ActionButton, Icon, Section, StatusPill, toLocalField, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'
import { OF_POLICY, SOURCES, useSayFinding } from './say-finding.ts'

type Fix = Readonly<{ label: string; change: Partial<ProposalBody> }>
const CODES = Object.keys(SOURCES) as ProposalFinding['code'][]

/** Every rule with what it says now: blocks first, what is to note, and those that hold. `onFix`: for who may write. */
export function RulesPart(props: {
  title: string
  findings: readonly ProposalFinding[]
  body: ProposalBody
  onFix?: (change: Partial<ProposalBody>) => void
}) {
  const say = useWords()
  const { title, findings, body, onFix } = props
  const sentence = useSayFinding(body.timeZone)
  const fixOf = useFixes(body)
  const sorted = [...findings].sort((a, b) => Number(b.strength === 'block') - Number(a.strength === 'block'))
  const blocks = findings.filter(({ strength }) => strength === 'block').length
  const holding = CODES.filter((code) => !findings.some((finding) => finding.code === code))
  return (
    <Section title={title} isCard>
      <p className="row rule-sum" role="status">
        {blocks > 0 && <StatusPill tone="bad">{say('rules.blocks', { count: blocks })}</StatusPill>}
        {findings.length > blocks && (
          <StatusPill tone="warn">{say('rules.warns', { count: findings.length - blocks })}</StatusPill>
        )}
        <StatusPill tone="ok">{say('rules.hold', { count: holding.length })}</StatusPill>
      </p>
      <ul className="plain">
        {sorted.map((finding) => {
          const fix = onFix && fixOf(finding)
          return (
            <li key={finding.code} className={`rule rule-${finding.strength}`}>
              <Icon name={finding.strength === 'block' ? 'warn' : 'flag'} />
              <div>
                <p className="rule-title">
                  <span className="vh">{say(`rules.${finding.strength}`)} </span>
                  {say(`rule.${finding.code}`)}
                </p>
                <p className="small">{sentence(finding)}</p>
                {fix && (
                  <ActionButton size="small" weight="secondary" onClick={() => onFix(fix.change)}>
                    {fix.label}
                  </ActionButton>
                )}
                <RuleSource code={finding.code} />
              </div>
            </li>
          )
        })}
      </ul>
      <details className="fold-out">
        <summary>
          <Icon name="chevron" small />
          {say('rules.holdMore', { count: holding.length })}
        </summary>
        <ul className="plain">
          {holding.map((code) => (
            <li key={code} className="rule rule-ok">
              <Icon name="check" />
              <div>
                <p>{say(`rule.${code}`)}</p>
                <RuleSource code={code} />
              </div>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  )
}

function RuleSource({ code }: { code: ProposalFinding['code'] }) {
  const say = useWords()
  const source = say(`source.${SOURCES[code]}`)
  return (
    <p className="rule-source">
      <span className="rule-code">{code}</span>{' '}
      {say('rules.source', { source: OF_POLICY.has(code) ? `${source}, ${say('rules.policy')}` : source })}
    </p>
  )
}

/** What one press would mend, where that is known. */
function useFixes(body: ProposalBody): (finding: ProposalFinding) => Fix | null {
  const say = useWords()
  const times = useTimes()
  const { meetings, timeZone } = body
  return ({ code, facts }) => {
    const dates = meetings.flatMap(({ date }) => date ?? []).sort()
    const [first, last] = [dates[0], dates.at(-1)]
    if (!first || !last) return null
    if (code === 'proposal.dates') return { label: say('fix.dates'), change: { startsOn: first, endsOn: last } }
    if (code !== 'schedule.before_deadline') return null
    const at = meetings.findIndex(({ date }) => date === last)
    const latest = toLocalField(facts.latest, timeZone).slice(0, 10)
    if (meetings.some(({ date }, other) => other !== at && date !== null && date >= latest)) return null
    return {
      label: say('fix.moveLast', { number: at + 1, date: times.date(facts.latest, timeZone) }),
      change: {
        meetings: meetings.map((meeting, other) => (other === at ? { ...meeting, date: latest } : meeting)),
      },
    }
  }
}

type Made = Readonly<{ body: ProposalBody; people: readonly ProposalPerson[] }>

/** What an approval would make of the proposal as it stands. */
export function MakesPart({ body, people }: Made) {
  const say = useWords()
  return (
    <Section title={say('makes.title')} isCard>
      <MakesList body={body} people={people} />
      <p className="small muted">{say('makes.text')}</p>
    </Section>
  )
}

export function MakesList({ body, people }: Made) {
  const say = useWords()
  const unopened = new Set(people.filter(({ isOpened }) => !isOpened).map(({ id }) => id))
  const led = [...new Set([...body.chairs, ...body.facilitators])].filter((id) => !unopened.has(id)).length
  const lines = [
    ['grid', say('makes.cohorts', { count: body.cohorts })],
    ['calendar', say('makes.meetings', { count: body.meetings.length * body.cohorts })],
    ['eye', say('makes.page')],
    ['mail', say('makes.mails', { count: led })],
  ] as const
  return (
    <ul className="plain makes">
      {lines.map(([icon, text]) => (
        <li key={icon}>
          <Icon name={icon} small />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
