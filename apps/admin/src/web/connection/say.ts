import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import {
  RefusalCode as AnyRefusalCode,
  type checkConnection,
  type CheckStep,
  type confirmAddresses,
  type findRefusal,
  type listSigningKeys,
  type rotateSigningKeys,
  type saveDeployment,
  type setLaunchPolicy,
} from '@copractice/core/connection'
import type { addConnection, inviteLmsAdministrator, setConnectionStatus } from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import { keysOfRefusal, keysOfStep, type LmsName } from './check-words.ts'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addConnection
  | typeof checkConnection
  | typeof confirmAddresses
  | typeof findRefusal
  | typeof inviteLmsAdministrator
  | typeof listSigningKeys
  | typeof rotateSigningKeys
  | typeof saveDeployment
  | typeof setConnectionStatus
  | typeof setLaunchPolicy
>

export const useWords = wordsOf('connection', messages)
export const useRefusals = refusalsOf<Code>('connection', messages)

/** A refused visit in plain words: what it means and what to do, as that LMS calls it. Codes of later versions have none. */
export function useRefusalWords(): (code: string, lms: LmsName) => { means: string; todo: string } | null {
  const { t } = useTranslation('refusal')
  return useCallback(
    (text, lms) => {
      const code = AnyRefusalCode.safeParse(text)
      if (!code.success) return null
      const { means, todo } = keysOfRefusal(code.data, lms)
      return { means: t(means), todo: t(todo) }
    },
    [t],
  )
}

/** A launch refusal in one sentence, where there is no room for more. */
export function useSayLaunchRefusal(): (code: string) => string {
  const words = useRefusalWords()
  return (code) => words(code, 'other')?.means ?? code
}

/** One step of a self-test: its title, what was found, and what to do about it in that LMS. */
export function useStepWords(): (
  step: CheckStep,
  lms: LmsName,
) => { title: string; found: string; todo: string | null } {
  const { t } = useTranslation('check')
  return (step, lms) => {
    const keys = keysOfStep(step, lms)
    return {
      title: t(keys.title),
      found: t(keys.found, step.facts),
      todo: keys.todo && t(keys.todo, step.facts),
    }
  }
}
