import { useCallback } from 'react'
import i18next, { type i18n } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import ui from './messages.en.json' with { type: 'json' }

/** Flat: keys hold dots (refusal codes do), so neither dots nor colons separate anything. */
export type Messages = Readonly<Record<string, string>>
/** language -> namespace (slice) -> messages */
export type Resources = Readonly<Record<string, Readonly<Record<string, Messages>>>>

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type KeyOf<Raw> = Raw extends `${infer Base}_${Plural}` ? Base : Raw

/** A key of a message file; the plural forms of one message count as one key. */
export type MessageKey<M extends Messages> = KeyOf<keyof M & string>
export type Say<M extends Messages> = (key: MessageKey<M>, values?: Record<string, string | number>) => string

/** Every word on screen, ready before the first paint. The parts of this package bring their own, as namespace `ui`. */
export function createI18n(resources: Resources, language = 'en'): i18n {
  const instance = i18next.createInstance()
  const all = Object.fromEntries(
    Object.entries(resources).map(([lng, namespaces]) => [lng, lng === 'en' ? { ui, ...namespaces } : namespaces]),
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
