import { useCallback } from 'react'
import i18next, { type i18n } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import ui from './messages.en.json' with { type: 'json' }

/** Flat: keys hold dots (refusal codes do), so neither dots nor colons separate anything. */
export type Messages = Readonly<Record<string, string>>
/** language -> namespace (slice) -> messages */
export type Resources = Readonly<Record<string, Readonly<Record<string, Messages>>>>

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type KeyOf<Raw> = Raw extends `${infer Base}_ordinal_${Plural}`
  ? Base
  : Raw extends `${infer Base}_${Plural}`
    ? Base
    : Raw

/** A key of a message file; the plural forms of one message count as one key. */
export type MessageKey<M extends Messages> = KeyOf<keyof M & string>
export type Say<M extends Messages> = (key: MessageKey<M>, values?: Record<string, string | number | boolean>) => string

/** Every word on screen, ready before the first paint. The parts of this package bring their own, as namespace `ui`. */
export function createI18n(resources: Resources, language = 'en'): i18n {
  const instance = i18next.createInstance()
  const all = Object.fromEntries(
    Object.entries({ en: {}, ...resources }).map(([lng, namespaces]) => [
      lng,
      lng === 'en' ? { ui, ...namespaces } : namespaces,
    ]),
  )
  void instance.use(initReactI18next).init({
    resources: all,
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(all[language] ?? all.en ?? {}),
    defaultNS: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  return instance
}

/** Makes a slice's hook `useWords`, whose `say` takes only keys that its message file has. */
export function wordsOf<const M extends Messages>(namespace: string, _messages: M): () => Say<M> {
  return function useWords() {
    const { t } = useTranslation(namespace)
    return useCallback<Say<M>>((key, values) => t(key as string, { ...values }), [t])
  }
}

export const useUiWords = wordsOf('ui', ui)

/**
 * Makes a slice's hook that puts refusal codes into words. Naming the codes of the slice's routes as `Code` makes the type
 * check fail until the message file has `refusal.<code>` for each. Plain facts may stand in the sentence as {{name}}.
 */
export function refusalsOf<Code extends string>(
  namespace: string,
  messages: Readonly<Record<`refusal.${Code}`, string>>,
): () => SayRefusal {
  return function useRefusals() {
    const { t } = useTranslation(namespace)
    return (code, facts) => (`refusal.${code}` in messages ? t(`refusal.${code}`, plainOf(facts)) : null)
  }
}

/** Turns a refusal code of one's own slice into its sentence, or null for a code that is not of the slice. */
export type SayRefusal = (code: string, facts: unknown) => string | null

function plainOf(facts: unknown): Record<string, string | number> {
  if (typeof facts !== 'object' || facts === null) return {}
  const isPlain = (entry: [string, unknown]): entry is [string, string | number] =>
    typeof entry[1] === 'string' || typeof entry[1] === 'number'
  return Object.fromEntries(Object.entries(facts).filter(isPlain))
}
