import { useId, useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import { listTeamsRoute, myTeamRoute, setTeamsRoute, type RoundTeams } from '@copractice/core/review'
import {
  ActionButton,
  EmptyState,
  Loaded,
  LoadingLines,
  Notice,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { useWords } from './say.ts'
import { useTeamRefusals, useTeamWords } from './say-teams.ts'

/** Teams as authors: seen by the instructor, set until the reviews are dealt, by hand or from the LMS's groups. */
export function TeamsPart({ roundId }: { roundId: RoundId }) {
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const [isSetting, setIsSetting] = useState(false)
  const teams = useRoute(listTeamsRoute, { params: { roundId } })
  return (
    <section className="blk" id="teams" aria-labelledby="h-teams">
      <h2 id="h-teams">{say('teams.title')}</h2>
      <p className="lede">{say('teams.lede')}</p>
      <Loaded from={teams} what={say('teams.loading')} lines={2} sayRefusal={refusals}>
        {(seen) =>
          isSetting && seen.isOpen ? (
            <SetTeams roundId={roundId} seen={seen} onDone={() => setIsSetting(false)} />
          ) : (
            <Seen
              seen={seen}
              action={
                seen.isOpen && (
                  <ActionButton weight="secondary" onClick={() => setIsSetting(true)}>
                    {say('teams.change')}
                  </ActionButton>
                )
              }
            />
          )
        }
      </Loaded>
    </section>
  )
}

function Seen({ seen: { teams, others }, action }: { seen: RoundTeams; action: React.ReactNode }) {
  const say = useTeamWords()
  const words = useWords()
  if (teams.length === 0 && others === 0)
    return (
      <EmptyState title={say('teams.none')} icon="people" action={action}>
        {say('teams.noneText')}
      </EmptyState>
    )
  return (
    <div className="stack">
      <ul className="plain team-list">
        {teams.map(({ name, members, hasWork }) => (
          <li key={name}>
            <strong>{name}</strong>: {members.map((member) => member.name ?? words('run.noName')).join(', ')}
            {hasWork && <span className="muted"> ({say('teams.begun')})</span>}
          </li>
        ))}
      </ul>
      {others > 0 && <p className="muted">{say('teams.others', { count: others })}</p>}
      <div>{action}</div>
    </div>
  )
}

function SetTeams({ roundId, seen, onDone }: { roundId: RoundId; seen: RoundTeams; onDone: () => void }) {
  const say = useTeamWords()
  const words = useWords()
  const refusals = useTeamRefusals()
  const tell = useTell()
  const id = useId()
  const [names, setNames] = useState<readonly string[]>(seen.teams.map(({ name }) => name))
  // By place of the team, so that a team can be renamed.
  const [teamOf, setTeamOf] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(seen.teams.flatMap(({ members }, place) => members.map(({ personId }) => [personId, place]))),
  )
  const send = useSend(setTeamsRoute, {
    refreshes: [listTeamsRoute],
    onDone: () => {
      tell({ text: say('teams.saved') })
      onDone()
    },
  })
  const groups = [...new Set(seen.learners.flatMap((learner) => learner.groups))].sort()
  const fromGroups = () => {
    setNames(groups)
    setTeamOf(
      Object.fromEntries(
        seen.learners.flatMap(({ personId, groups: [first] }) =>
          first === undefined ? [] : [[personId, groups.indexOf(first)]],
        ),
      ),
    )
  }
  const teams = names.flatMap((name, place) => {
    const members = seen.learners.filter(({ personId }) => teamOf[personId] === place).map(({ personId }) => personId)
    return members.length > 0 ? [{ name: name.trim(), members }] : []
  })
  return (
    <div className="stack">
      <div className="row">
        <ActionButton
          weight="secondary"
          size="small"
          icon="plus"
          onClick={() => setNames([...names, say('teams.newName', { number: names.length + 1 })])}
        >
          {say('teams.add')}
        </ActionButton>
        {groups.length > 1 && (
          <ActionButton weight="quiet" size="small" onClick={fromGroups}>
            {say('teams.groups')}
          </ActionButton>
        )}
      </div>
      {names.map((name, place) => (
        // A team is its place in the list.
        <div key={place} className="field team-name">
          <label htmlFor={`${id}-${place}`}>{say('teams.name', { number: place + 1 })}</label>
          <input
            id={`${id}-${place}`}
            className="input"
            value={name}
            maxLength={80}
            onChange={(event) => setNames(names.with(place, event.target.value))}
          />
        </div>
      ))}
      {names.length > 0 && (
        <div className="two team-people">
          {seen.learners.map(({ personId, name }) => (
            <div key={personId} className="field">
              <label htmlFor={id + personId}>{say('teams.person', { name: name ?? words('run.noName') })}</label>
              <select
                id={id + personId}
                className="input"
                value={teamOf[personId] ?? ''}
                onChange={({ target: { value } }) => {
                  const { [personId]: _, ...rest } = teamOf
                  setTeamOf(value === '' ? rest : { ...rest, [personId]: Number(value) })
                }}
              >
                <option value="">{say('teams.alone')}</option>
                {names.map((team, place) => (
                  <option key={place} value={place}>
                    {team}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
      )}
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton isBusy={send.isPending} onClick={() => send.mutate({ params: { roundId }, body: { teams } })}>
          {say('teams.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onDone}>
          {say('exemplars.cancel')}
        </ActionButton>
      </div>
    </div>
  )
}

/** Says whom one hands in with; nothing for those who hand in alone. */
export function MyTeam({ roundId }: { roundId: RoundId }) {
  const say = useTeamWords()
  const words = useWords()
  const mine = useRoute(myTeamRoute, { params: { roundId } })
  if (mine.isPending) return <LoadingLines what={say('teams.loading')} lines={1} />
  const team = mine.data?.team
  if (!team) return null
  return (
    <Notice tone="info" icon="people">
      <strong>{team.name}</strong>{' '}
      {say('teams.mine', { names: team.members.map(({ name }) => name ?? words('run.noName')).join(', ') })}
    </Notice>
  )
}
