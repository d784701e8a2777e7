import { useId, useState } from 'react'
import { listPortfolioRoute, type PortfolioItem } from '@copractice/core/portfolio'
import { choosePortfolioRoute, setLinkRoute, WorkLink, type MyWork, type RoundDetail } from '@copractice/core/review'
import {
  ActionButton,
  AppLink,
  Loaded,
  Notice,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { workRefreshes } from './round-refreshes.ts'
import { useSetupRefusals, useSetupWords } from './say-setup.ts'

type Props = Readonly<{
  round: RoundDetail
  /** Saves what is typed first: what is chosen here makes a new version of the whole. */
  beforeChange: () => Promise<boolean>
  onChanged: (work: MyWork) => void
}>

/** What a work can come from besides typed text and a file: an address, and one's portfolio. Only what the round takes. */
export function WorkSources(props: Props) {
  const { workKinds } = props.round.plan
  const kinds = (['link', 'video'] as const).filter((kind) => workKinds.includes(kind))
  return (
    <>
      {kinds.map((kind) => (
        <LinkField key={kind} {...props} kind={kind} />
      ))}
      {workKinds.includes('portfolio') && <FromPortfolio {...props} />}
    </>
  )
}

function LinkField({ round, kind, beforeChange, onChanged }: Props & Readonly<{ kind: WorkLink['kind'] }>) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const tell = useTell()
  const id = useId()
  const { roundId, myWork } = round
  const mine = myWork?.link?.kind === kind ? myWork.link.url : ''
  const [typed, setTyped] = useState(mine)
  const url = typed.trim() && !/^https?:\/\//i.test(typed.trim()) ? `https://${typed.trim()}` : typed.trim()
  const link = WorkLink.safeParse({ url, kind })
  const isWrong = typed.trim() !== '' && !link.success
  const save = useSend(setLinkRoute, {
    refreshes: workRefreshes,
    onDone: (work) => {
      onChanged(work)
      tell({ text: say(work.link ? 'link.saved' : 'link.removed') })
    },
  })
  const send = async (next: WorkLink | null) => {
    if (await beforeChange()) save.mutate({ params: { roundId }, body: { link: next } })
  }
  return (
    <div className="field">
      <label htmlFor={id}>{say(`link.${kind}`)}</label>
      <div className="row">
        <input
          id={id}
          className="input grow"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={typed}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ActionButton
          weight="secondary"
          isBusy={save.isPending}
          isDisabled={!link.success || url === mine}
          onClick={() => link.success && void send(link.data)}
        >
          {say('link.save')}
        </ActionButton>
        {mine && (
          <ActionButton
            weight="quiet"
            onClick={() => {
              setTyped('')
              void send(null)
            }}
          >
            {say('link.remove')}
          </ActionButton>
        )}
      </div>
      <p className={isWrong ? 'hint hint-bad' : 'hint'} id={`${id}-hint`}>
        {say(isWrong ? 'link.wrong' : `link.${kind}.hint`)}
      </p>
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
    </div>
  )
}

function FromPortfolio({ round, beforeChange, onChanged }: Props) {
  const say = useSetupWords()
  const portfolio = useRoute(listPortfolioRoute, { query: { limit: 100 } })
  return (
    <fieldset className="stack in-order">
      <legend className="label">{say('fromPortfolio')}</legend>
      <Loaded from={portfolio} what={say('fromPortfolio')} lines={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="hint">
              {say('fromPortfolio.none')} <AppLink href="/portfolio">{say('fromPortfolio.open')}</AppLink>
            </p>
          ) : (
            <Choose round={round} items={items} beforeChange={beforeChange} onChanged={onChanged} />
          )
        }
      </Loaded>
    </fieldset>
  )
}

function Choose({ round, items, beforeChange, onChanged }: Props & Readonly<{ items: readonly PortfolioItem[] }>) {
  const say = useSetupWords()
  const refusals = useSetupRefusals()
  const times = useTimes()
  const tell = useTell()
  const id = useId()
  const [chosen, setChosen] = useState('')
  const { roundId, myWork } = round
  const item = items.find(({ draftId }) => draftId === chosen)
  const choose = useSend(choosePortfolioRoute, {
    refreshes: [...workRefreshes, listPortfolioRoute],
    onDone: (work) => {
      onChanged(work)
      setChosen('')
      tell({ text: say('fromPortfolio.taken', { title: work.portfolio?.title ?? '' }) })
    },
  })
  const take = async () => {
    if (item && (await beforeChange())) choose.mutate({ params: { roundId }, body: { draftId: item.draftId } })
  }
  return (
    <>
      {myWork?.portfolio && (
        <Notice tone="info" icon="document">
          {say('fromPortfolio.pinned', myWork.portfolio)}
        </Notice>
      )}
      <div className="row">
        <label htmlFor={id} className="vh">
          {say('fromPortfolio.item')}
        </label>
        <select id={id} className="input grow" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{say('fromPortfolio.choose')}</option>
          {items.map(({ draftId, title, number, savedAt }) => (
            <option key={draftId} value={draftId}>
              {say('fromPortfolio.draft', { title, number, when: times.dateTime(savedAt) })}
            </option>
          ))}
        </select>
        <ActionButton weight="secondary" isBusy={choose.isPending} isDisabled={!item} onClick={() => void take()}>
          {say('fromPortfolio.take')}
        </ActionButton>
      </div>
      <p className="hint">{say('fromPortfolio.hint')}</p>
      {choose.error && <ProblemNotice problem={choose.error.problem} sayRefusal={refusals} />}
    </>
  )
}

/** The address of somebody's work, which opens beside this page. Read as it stands: it is not ours. */
export function LinkOfWork({ url }: { url: string }) {
  const say = useSetupWords()
  return (
    <p>
      <a className="btn btn-secondary" href={url} target="_blank" rel="noopener noreferrer nofollow">
        {say('link.open')}
      </a>{' '}
      <span className="small muted wrap-any">{url}</span>
    </p>
  )
}
