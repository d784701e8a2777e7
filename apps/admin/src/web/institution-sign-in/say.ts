import { useTranslation } from 'react-i18next'
import type {
  addSignInDomain,
  beginInstitutionSignIn,
  confirmSignInDomain,
  forgetInstitutionSubject,
  saveInstitutionSignIn,
  SignInTrouble,
  switchInstitutionSignIn,
} from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './sign-in.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addSignInDomain
  | typeof beginInstitutionSignIn
  | typeof confirmSignInDomain
  | typeof forgetInstitutionSubject
  | typeof saveInstitutionSignIn
  | typeof switchInstitutionSignIn
>

export const useWords = wordsOf('signIn', messages)
export const useRefusals = refusalsOf<Code>('signIn', messages)

/** Fails the type check until every trouble has its words. Whole keys: some codes end as plural forms do. */
const troubles: Readonly<Record<`trouble.${SignInTrouble | 'unknown'}`, string>> = messages

/** A refused sign-in in plain words; codes of another version have one sentence for all. */
export function useSayTrouble(): (code: string | null) => string {
  const { t } = useTranslation('signIn')
  return (code) => t(code !== null && `trouble.${code}` in troubles ? `trouble.${code}` : 'trouble.unknown')
}

/** What a step of the self-test found. A code of another version is shown as it is. */
export function useSayFound(): (code: string, about: string) => string {
  const say = useWords()
  return (code, about) => {
    const key = `found.${code}`
    return key in messages ? say(key as keyof typeof messages & `found.${string}`, { about }) : code
  }
}
