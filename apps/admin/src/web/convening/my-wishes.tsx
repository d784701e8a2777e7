import { useState, type SubmitEvent } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { showBadge, stateMyWishes, type Badge } from '@copractice/core/convening'
import { EmailAddress } from '@copractice/core/directory'
import { ActionButton, ProblemNotice, Section, useSend, useTell, WishesFields } from '@copractice/ui'
import { useDayWords } from './say-day.ts'
import { useRefusals, useWords } from './say.ts'
import { useWishWords } from './use-wish-words.ts'

type Of = Readonly<{ slug: string; key: string }>

/** What the holder of a badge wishes for in a cohort: theirs to change until they are placed into one. */
export function MyWishes({ of, badge }: { of: Of; badge: Badge }) {
  const say = useDayWords()
  const [isOpen, setIsOpen] = useState(false)
  const { lead, contactEmail } = badge.convening
  if (badge.isPlaced) {
    const who = [lead, contactEmail].filter(Boolean).join(', ')
    return (
      <Section title={say('wishes')} isCard>
        <p>{who ? say('wishes.placedAsk', { who }) : say('wishes.placed')}</p>
      </Section>
    )
  }
  return (
    <Section title={say('wishes')} isCard>
      <div className="stack">
        <p className="muted">{say('wishes.text')}</p>
        {isOpen ? (
          <WishesForm of={of} badge={badge} onDone={() => setIsOpen(false)} />
        ) : (
          <p>
            <ActionButton weight="secondary" onClick={() => setIsOpen(true)}>
              {say('wishes.open')}
            </ActionButton>
          </p>
        )}
      </div>
    </Section>
  )
}

const addressesIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean)

function WishesForm({ of, badge, onDone }: { of: Of; badge: Badge; onDone: () => void }) {
  const say = useDayWords()
  const words = useWords()
  const wishWords = useWishWords(badge.convening.timeZone)
  const refusals = useRefusals()
  const tell = useTell()
  const [wishes, setWishes] = useState(badge.wishes)
  const [company, setCompany] = useState({
    with: badge.wishes.with.join('\n'),
    notWith: badge.wishes.notWith.join('\n'),
  })
  const [isAsked, setIsAsked] = useState(false)
  const save = useSend(stateMyWishes, {
    refreshes: [showBadge],
    onDone: () => {
      onDone()
      tell({ text: say('wishes.saved') })
    },
  })
  const wrong = (text: string) => addressesIn(text).filter((one) => !EmailAddress.safeParse(one).success)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (wrong(company.with).length || wrong(company.notWith).length) return
    const { canChair, languages, slots, interests } = wishes
    const named = { with: addressesIn(company.with), notWith: addressesIn(company.notWith) }
    save.mutate({ params: of, body: { canChair, languages, slots, interests: interests.trim(), ...named } })
  }
  const people = (which: 'with' | 'notWith') => {
    const [unread] = isAsked ? wrong(company[which]) : []
    return (
      <TextArea
        label={say(`wishes.${which}`)}
        value={company[which]}
        autoGrow
        onChange={(event) => setCompany({ ...company, [which]: event.target.value })}
        messages={[
          unread
            ? { type: 'newError', text: say('wishes.noAddress', { text: unread }) }
            : { type: 'hint', text: say(`wishes.${which}Hint`) },
        ]}
      />
    )
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('wishes')}>
      <TextArea
        label={words('public.interests')}
        value={wishes.interests}
        autoGrow
        onChange={(event) => setWishes({ ...wishes, interests: event.target.value.slice(0, 2000) })}
        messages={[{ type: 'hint', text: words('public.interestsHint') }]}
      />
      <WishesFields wishes={wishes} words={wishWords} onChange={setWishes} />
      {people('with')}
      {people('notWith')}
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={save.isPending}>
          {say('badge.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onDone}>
          {say('wishes.leave')}
        </ActionButton>
      </div>
    </form>
  )
}
