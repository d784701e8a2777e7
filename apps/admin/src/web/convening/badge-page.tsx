import { useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { chooseMySessions, giveUpMyPlace, showBadge, stateMyNeeds, type Badge } from '@copractice/core/convening'
import {
  ActionButton,
  BrandMark,
  ConfirmModal,
  Loaded,
  PageTitle,
  ProblemNotice,
  Section,
  SkipLink,
  TimeText,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
  ZoneProvider,
} from '@copractice/ui'
import { BadgeCode } from './badge-code.tsx'
import { FeedbackForm } from './feedback-form.tsx'
import { MyWishes } from './my-wishes.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals, useWords } from './say.ts'
import { SessionChoices } from './session-choices.tsx'

type Of = Readonly<{ slug: string; key: string }>

/** One's own page of a convening: the badge, the sessions, how to join, and feedback afterwards. The link is the key to it. */
export function BadgePage() {
  const say = useDayWords()
  const refusals = useRefusals()
  const { slug = '', key = '' } = useParams({ strict: false })
  const badge = useRoute(showBadge, { params: { slug, key } })
  const [hasLeft, setHasLeft] = useState(false)
  return (
    <ZoneProvider zone={null}>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        {hasLeft ? (
          <div role="status">
            <PageTitle within="Copractice">{say('badge.left')}</PageTitle>
            <p>{say('badge.leftText')}</p>
            <p>
              <a href={`/c/${slug}`}>{say('desk.back')}</a>
            </p>
          </div>
        ) : (
          <>
            {!badge.data && <PageTitle within="Copractice">{say('badge.title')}</PageTitle>}
            <Loaded from={badge} what={say('badge.loading')} lines={8} sayRefusal={refusals}>
              {(found) => <OneBadge of={{ slug, key }} badge={found} onLeft={() => setHasLeft(true)} />}
            </Loaded>
          </>
        )}
      </main>
    </ZoneProvider>
  )
}

function OneBadge({ of, badge, onLeft }: { of: Of; badge: Badge; onLeft: () => void }) {
  const say = useDayWords()
  const { convening, name, institution, registrationId, conveningId, status } = badge
  const scan = `${window.location.origin}/check-in/${conveningId}/${registrationId}`
  const now = useNow()
  const isOver = badge.feedback !== 'later' || (convening.endsAt !== null && convening.endsAt <= now)
  return (
    <>
      <p className="eyebrow">{convening.network}</p>
      <PageTitle within={convening.network}>{convening.name}</PageTitle>
      {badge.feedback !== 'later' && <FeedbackForm of={of} isGiven={badge.feedback === 'given'} />}
      <section className="badge card" aria-label={say('badge.title')}>
        <div>
          <p className="badge-name">{name}</p>
          <p>{institution.name}</p>
          <p className="small muted">{say(status === 'registered' ? 'badge.show' : 'badge.waits')}</p>
        </div>
        <BadgeCode text={scan} label={say('badge.code')} />
      </section>
      <WhenAndWhere convening={convening} />
      <p className="row">
        {convening.joinUrl && (
          <a className="btn btn-primary" href={convening.joinUrl}>
            {say('badge.join')}
          </a>
        )}
        {convening.startsAt && (
          <a className="btn btn-quiet" href={`/api/public/convenings/${of.slug}/badges/${of.key}/calendar.ics`}>
            {say('badge.calendar')}
          </a>
        )}
      </p>
      {badge.sessions.length > 0 && <MySessions of={of} badge={badge} isOver={isOver} />}
      {!isOver && <MyWishes of={of} badge={badge} />}
      {!isOver && <MyNeeds of={of} needs={badge.needs} />}
      {!isOver && <Leave of={of} onLeft={onLeft} />}
    </>
  )
}

function WhenAndWhere({ convening }: { convening: Badge['convening'] }) {
  const say = useWords()
  const day = useDayWords()
  const { startsAt, timeZone, place, lead, contactEmail } = convening
  return (
    <dl className="detail">
      <dt>{say('when')}</dt>
      <dd>{startsAt ? <TimeText at={startsAt} setIn={timeZone} /> : say('noDates')}</dd>
      {place && (
        <>
          <dt>{say('where')}</dt>
          <dd>{place}</dd>
        </>
      )}
      {(lead || contactEmail) && (
        <>
          <dt>{day('badge.contact')}</dt>
          <dd>
            {lead} {contactEmail && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
          </dd>
        </>
      )}
    </dl>
  )
}

function MySessions({ of, badge, isOver }: { of: Of; badge: Badge; isOver: boolean }) {
  const say = useDayWords()
  const tell = useTell()
  const times = useTimes()
  const refusals = useRefusals()
  const mine = badge.sessions.filter((session) => session.mine)
  const [chosen, setChosen] = useState<Parameters<typeof SessionChoices>[0]['chosen'] | null>(null)
  const { timeZone } = badge.convening
  const save = useSend(chooseMySessions, {
    refreshes: [showBadge],
    onDone: () => {
      setChosen(null)
      tell({ text: say('badge.saved') })
    },
  })
  return (
    <Section title={say('badge.mine')} isCard>
      {chosen ? (
        <div className="fields-group">
          <SessionChoices sessions={badge.sessions} timeZone={timeZone} chosen={chosen} onChange={setChosen} />
          {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
          <div>
            <ActionButton
              isBusy={save.isPending}
              onClick={() => save.mutate({ params: of, body: { sessions: [...chosen] } })}
            >
              {say('badge.save')}
            </ActionButton>
          </div>
        </div>
      ) : (
        <>
          {mine.length === 0 && <p className="muted">{say('badge.none')}</p>}
          <ul className="plain programme">
            {mine.map(({ id, title, place, startsAt, endsAt, joinUrl, mine: held }) => (
              <li key={id}>
                <p className="small muted">
                  {times.date(startsAt, timeZone)}, {times.range(startsAt, endsAt, timeZone)}{' '}
                  {times.zone(timeZone, startsAt)}
                  {place && ` · ${place}`}
                </p>
                <p>
                  <strong>{title}</strong>
                </p>
                {held === 'waitlisted' && <p className="small">{say('badge.waitsFor')}</p>}
                {joinUrl && (
                  <p>
                    <a href={joinUrl}>{say('badge.joinSession', { title })}</a>
                  </p>
                )}
              </li>
            ))}
          </ul>
          {!isOver && (
            <p className="badge-choose">
              <ActionButton weight="secondary" onClick={() => setChosen(new Set(mine.map(({ id }) => id)))}>
                {say('badge.choose')}
              </ActionButton>
            </p>
          )}
        </>
      )}
    </Section>
  )
}

function MyNeeds({ of, needs }: { of: Of; needs: Badge['needs'] }) {
  const say = useDayWords()
  const words = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [fields, setFields] = useState(needs)
  const save = useSend(stateMyNeeds, { onDone: () => tell({ text: say('badge.needsSaved') }) })
  return (
    <Section title={say('badge.needs')} isCard>
      <div className="fields-group">
        <TextArea
          label={words('public.accessibility')}
          value={fields.accessibility}
          onChange={(event) => setFields({ ...fields, accessibility: event.target.value })}
          messages={[{ type: 'hint', text: words('public.needsHint') }]}
        />
        <TextInput
          renderLabel={words('public.dietary')}
          value={fields.dietary}
          onChange={(_event, dietary) => setFields({ ...fields, dietary })}
        />
        {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton
            weight="secondary"
            isBusy={save.isPending}
            onClick={() => save.mutate({ params: of, body: fields })}
          >
            {say('badge.save')}
          </ActionButton>
        </div>
      </div>
    </Section>
  )
}

function Leave({ of, onLeft }: { of: Of; onLeft: () => void }) {
  const say = useDayWords()
  const refusals = useRefusals()
  const [isAsked, setIsAsked] = useState(false)
  const leave = useSend(giveUpMyPlace, { onDone: onLeft })
  return (
    <>
      {leave.error && <ProblemNotice problem={leave.error.problem} sayRefusal={refusals} />}
      <p>
        <ActionButton weight="quiet" onClick={() => setIsAsked(true)}>
          {say('badge.leave')}
        </ActionButton>
      </p>
      <ConfirmModal
        isOpen={isAsked}
        title={say('badge.leave')}
        confirm={say('badge.leave')}
        isBusy={leave.isPending}
        onConfirm={() => leave.mutate({ params: of })}
        onClose={() => setIsAsked(false)}
      >
        <p>{say('badge.leaveText')}</p>
      </ConfirmModal>
    </>
  )
}
