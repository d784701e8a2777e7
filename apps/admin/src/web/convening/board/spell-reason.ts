import { useTranslation } from 'react-i18next'
import type { ChangeSeen, Reason } from '@copractice/core/convening/board'
import { hasWords, useWords } from './say.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A weekly time such as `mon-15` in the reader's words: "Mon 3 PM". What is no such time stays as it is. */
export function spellSlot(slot: string, locale: string): string {
  const [day = '', hour = ''] = slot.split('-')
  const at = DAYS.indexOf(day)
  if (at < 0 || !/^\d{1,2}$/.test(hour)) return slot
  const date = new Date(Date.UTC(2024, 0, 1 + at, Number(hour)))
  return date.toLocaleString(locale, { weekday: 'short', hour: 'numeric', timeZone: 'UTC' })
}

/** "en" as "English"; what is no language tag stays as it is. */
export function spellLanguage(language: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

/** Puts reasons, changes, times and languages into words. */
export function useSpelling() {
  const say = useWords()
  const { i18n } = useTranslation()
  const locale = i18n.language
  const slot = (one: string) => spellSlot(one, locale)
  const language = (one: string) => spellLanguage(one, locale)
  const list = (texts: readonly string[]) => new Intl.ListFormat(locale).format(texts)
  const factsOf = ({ facts }: Reason) => {
    const values = Object.entries(facts).map(([name, value]) => {
      if (name === 'because' && typeof value === 'string' && hasWords(`because.${value}`))
        return [name, say(`because.${value}` as 'because.full')]
      if (!Array.isArray(value)) return [name, value]
      const spell = name === 'ask' ? slot : name === 'languages' ? language : (text: string) => text
      const shown = value.length > 6 ? [...value.slice(0, 6), '…'] : value
      return [name, list(shown.map(spell))]
    })
    const plain = Object.fromEntries(values) as Record<string, string | number>
    return { ...plain, more: Number(plain['needs'] ?? 0) - Number(plain['has'] ?? 0) }
  }
  const sentence = (prefix: 'reason' | 'short' | 'rule', reason: Reason) => {
    const own = `${prefix}.${reason.code}`
    const key = hasWords(own) ? own : `reason.${reason.code}`
    return hasWords(key) ? say(key as 'reason.placement.apart', factsOf(reason)) : reason.code
  }
  const change = ({ kind, by, isMine, people, from, to, count }: Pick<ChangeSeen, Told>) => {
    const [first = ''] = people
    return say(`told.${kind}`, {
      by: isMine ? say('you') : (by ?? say('somebody')),
      people: count > 2 && people.length > 1 ? say('and', { first, count: count - 1 }) : list(people),
      from: from ?? say('nowhere'),
      to: to ?? say('nowhere'),
      count,
    })
  }
  return {
    slot,
    language,
    list,
    change,
    reason: (reason: Reason) => sentence('reason', reason),
    short: (reason: Reason) => sentence('short', reason),
    rule: (reason: Reason) => sentence('rule', reason),
    percent: (share: number) => (100 * share).toLocaleString(locale, { maximumFractionDigits: 1 }),
    number: (value: number) => value.toLocaleString(locale),
  }
}
type Told = 'kind' | 'by' | 'isMine' | 'people' | 'from' | 'to' | 'count'
