import { useEffect, useId, useRef, useState } from 'react'
import {
  keepPortfolioDraftRoute,
  listPortfolioRoute,
  PortfolioDraftConflict,
  savePortfolioDraftRoute,
  showPortfolioItemRoute,
  type PortfolioItemDetail,
} from '@copractice/core/portfolio'
import { countWords, WorkLink } from '@copractice/core/review'
import {
  ActionButton,
  asSaveAnswer,
  BothVersions,
  ProblemNotice,
  SaveState,
  Section,
  useAutosave,
  useCall,
  useSayProblem,
  useSend,
  useTell,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals, useWords } from './say.ts'

type Written = Readonly<{ body: string; link: string }>
const addressOf = (typed: string): string | null => {
  const link = WorkLink.safeParse({ url: typed.trim(), kind: 'link' })
  return link.success ? link.data.url : null
}

/** The newest draft, saved as one types; what is kept is begun anew by the next word. */
export function DraftWriting(props: {
  item: PortfolioItemDetail
  /** Told how to save what is typed, for whoever is about to change the draft. */
  onReady: (flush: () => Promise<boolean>) => void
}) {
  const { item, onReady } = props
  const say = useWords()
  const refusals = useRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const { person } = useSeen()
  const id = useId()
  const { itemId, drafts } = item
  const latest = drafts[0]!
  const basedOn = useRef(latest.savedAt)
  const draft = useAutosave<Written>({
    keepAs: `${person.id}:portfolio:${itemId}`,
    initial: { body: latest.body, link: latest.link ?? '' },
    savedAt: latest.savedAt,
    save: async ({ body, link }) => {
      const given = { body, link: addressOf(link), basedOn: basedOn.current }
      const answer = await call(savePortfolioDraftRoute, { params: { itemId }, body: given })
      return asSaveAnswer(answer, {
        saved: ({ savedAt }) => (basedOn.current = savedAt),
        conflict: ({ code, facts }) => {
          if (code !== 'portfolio.draft_conflict') return null
          const saved = PortfolioDraftConflict.safeParse(facts).data?.saved
          if (!saved) return null
          basedOn.current = new Date(saved.savedAt)
          return { body: saved.body, link: saved.link ?? '' }
        },
        say: sayProblem,
      })
    },
  })
  useEffect(() => onReady(draft.flush), [onReady, draft.flush])
  const { value, theirs } = draft
  const isWrongLink = value.link.trim() !== '' && addressOf(value.link) === null
  return (
    <Section title={say('write')}>
      <div className="compose">
        <textarea
          className="input voice work-field"
          rows={16}
          aria-label={say('write')}
          value={value.body}
          aria-describedby={`${id}-count`}
          onChange={(event) => draft.change({ ...value, body: event.target.value })}
        />
        <p className="hint num" id={`${id}-count`}>
          {say('words', { count: countWords(value.body) })}
        </p>
        <div className="field">
          <label htmlFor={`${id}-l`}>{say('link')}</label>
          <input
            id={`${id}-l`}
            className="input"
            type="url"
            placeholder="https://"
            value={value.link}
            aria-invalid={isWrongLink || undefined}
            aria-describedby={`${id}-lh`}
            onChange={(event) => draft.change({ ...value, link: event.target.value })}
          />
          <p className="hint hint-bad" id={`${id}-lh`}>
            {isWrongLink && say('linkWrong')}
          </p>
        </div>
        {theirs !== null && (
          <BothVersions
            theirs={theirs.body}
            onKeepMine={() => draft.settle(value)}
            onKeepTheirs={() => draft.settle(theirs)}
            onJoin={() => draft.settle({ body: `${value.body}\n\n${theirs.body}`, link: value.link || theirs.link })}
          />
        )}
        <SaveState status={draft.status} note={say('onlyYou')} />
        <Keep item={item} isBlank={!value.body.trim() && !value.link.trim()} before={draft.flush} />
      </div>
    </Section>
  )
}

function Keep(props: { item: PortfolioItemDetail; isBlank: boolean; before: () => Promise<boolean> }) {
  const { item, isBlank, before } = props
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const id = useId()
  const [note, setNote] = useState('')
  const keep = useSend(keepPortfolioDraftRoute, {
    refreshes: [showPortfolioItemRoute, listPortfolioRoute],
    onDone: ({ drafts }) => {
      setNote('')
      tell({ text: say('kept', { number: drafts[0]!.number }) })
    },
  })
  const onKeep = async () => {
    if (await before()) keep.mutate({ params: { itemId: item.itemId }, body: { note } })
  }
  return (
    <div className="keep">
      <div className="row">
        <div className="field grow">
          <label htmlFor={id}>{say('keepNote')}</label>
          <input
            id={id}
            className="input"
            maxLength={200}
            value={note}
            aria-describedby={`${id}-h`}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <ActionButton weight="secondary" isBusy={keep.isPending} isDisabled={isBlank} onClick={() => void onKeep()}>
          {say('keep')}
        </ActionButton>
      </div>
      <p className="hint" id={`${id}-h`}>
        {say('keepHint')}
      </p>
      {keep.error && <ProblemNotice problem={keep.error.problem} sayRefusal={refusals} />}
    </div>
  )
}
