import { useState } from 'react'
import { useParams } from '@tanstack/react-router'
import {
  answerPlacing,
  MOST_PLACED,
  PLACEABLE_KINDS,
  showPlacing,
  type Placeable,
  type PlaceableKind,
} from '@copractice/core/connection'
import { PlacingId, type RouteOutput } from '@copractice/core/kernel'
import { RadioInput, RadioInputGroup } from '@instructure/ui/v11_7'
import { ActionButton, Loaded, Notice, PageTitle, ProblemNotice, useRoute, useSend } from '@copractice/ui'
import { NotFoundPage } from '../directory/not-found-page.tsx'
import { ChosenList } from './chosen-list.tsx'
import { PlaceChoices } from './place-choices.tsx'
import { PlainFrame } from './plain-frame.tsx'
import { ReturnForm } from './return-form.tsx'
import { useRefusals, useWords } from './say.ts'

type Asked = RouteOutput<typeof showPlacing>

/** Inside the LMS's dialog for adding content: an instructor says what a link in their course opens, or several. */
export function PlacePage() {
  const id = PlacingId.safeParse(useParams({ strict: false }).placingId)
  return id.success ? (
    <PlainFrame>
      <Place placingId={id.data} />
    </PlainFrame>
  ) : (
    <NotFoundPage />
  )
}

function Place({ placingId }: { placingId: PlacingId }) {
  const say = useWords()
  const refusals = useRefusals()
  const asked = useRoute(showPlacing, { params: { placingId } })
  const answer = useSend(answerPlacing)
  const send = (chosen: readonly Placeable[]) => answer.mutate({ params: { placingId }, body: { chosen: [...chosen] } })
  if (answer.data) return <ReturnForm answer={answer.data} lms={asked.data?.lms ?? 'other'} />
  return (
    <Loaded from={asked} what={say('place.loading')} lines={6} sayRefusal={refusals}>
      {(asked) => (
        <div className="place">
          {asked.takesLinks ? (
            <Choosing placingId={placingId} asked={asked} isSending={answer.isPending} onSend={send} />
          ) : (
            <NoLinks asked={asked} isSending={answer.isPending} onBack={() => send([])} />
          )}
          {answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />}
        </div>
      )}
    </Loaded>
  )
}

function NoLinks(props: { asked: Asked; isSending: boolean; onBack: () => void }) {
  const say = useWords()
  const lms = say(`place.lms.${props.asked.lms}`)
  return (
    <>
      <PageTitle within="Copractice">{say('place.noLinksTitle', { lms })}</PageTitle>
      <p className="lede">{say('place.noLinks')}</p>
      <p>
        <ActionButton isBusy={props.isSending} onClick={props.onBack}>
          {say('place.back', { lms })}
        </ActionButton>
      </p>
    </>
  )
}

function Choosing(props: {
  placingId: PlacingId
  asked: Asked
  isSending: boolean
  onSend: (chosen: readonly Placeable[]) => void
}) {
  const { placingId, asked, isSending, onSend } = props
  const say = useWords()
  const [kind, setKind] = useState<PlaceableKind>('space')
  const [chosen, setChosen] = useState<readonly Placeable[]>([])
  const isSame = (one: Placeable) => (other: Placeable) => one.kind === other.kind && one.id === other.id
  const isFull = asked.takesSeveral && chosen.length >= MOST_PLACED
  const leaveOut = (one: Placeable) => setChosen(chosen.filter((other) => !isSame(one)(other)))
  const toggle = (one: Placeable) => {
    if (chosen.some(isSame(one))) leaveOut(one)
    else if (!asked.takesSeveral) setChosen([one])
    else if (!isFull) setChosen([...chosen, one])
  }
  const { course } = asked
  const lms = say(`place.lms.${asked.lms}`)
  return (
    <>
      <div>
        <PageTitle within="Copractice">{course ? say('place.title', { course }) : say('place.titlePlain')}</PageTitle>
        <p className="lede">{say(asked.takesSeveral ? 'place.several' : 'place.one', { lms })}</p>
      </div>
      <RadioInputGroup
        name="kind"
        description={say('place.kind')}
        value={kind}
        onChange={(_event, value) => setKind(value as PlaceableKind)}
      >
        {PLACEABLE_KINDS.map((one) => (
          <RadioInput key={one} value={one} label={say(`place.kind.${one}`)} />
        ))}
      </RadioInputGroup>
      <PlaceChoices
        key={kind}
        placingId={placingId}
        kind={kind}
        takesSeveral={asked.takesSeveral}
        takesColumns={asked.takesColumns}
        isChosen={(one) => chosen.some(isSame(one))}
        onToggle={toggle}
      />
      <section className="place-foot" aria-labelledby="h-chosen">
        <h2 id="h-chosen">{say('place.chosen')}</h2>
        <ChosenList chosen={chosen} onLeaveOut={leaveOut} />
        {isFull && <Notice tone="info">{say('place.tooMany')}</Notice>}
        <div className="row">
          <ActionButton isBusy={isSending} isDisabled={chosen.length === 0} onClick={() => onSend(chosen)}>
            {say('place.send', { count: Math.max(1, chosen.length) })}
          </ActionButton>
          <ActionButton weight="quiet" isBusy={isSending} onClick={() => onSend([])}>
            {say('place.cancel')}
          </ActionButton>
        </div>
      </section>
    </>
  )
}
