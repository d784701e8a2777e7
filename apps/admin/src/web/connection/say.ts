import { useTranslation } from 'react-i18next'
import type { addConnection, inviteLmsAdministrator, setConnectionStatus } from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<typeof addConnection | typeof inviteLmsAdministrator | typeof setConnectionStatus>

export const useWords = wordsOf('connection', messages)
export const useRefusals = refusalsOf<Code>('connection', messages)

/** Launch refusals by what a coordinator can do about them; a code of its own sentence wins over its group. */
const CAUSES: Readonly<Record<string, readonly string[]>> = {
  keys: ['key_missing', 'key_unknown', 'keys_unreachable', 'signature_wrong', 'algorithm_refused', 'header_refused'],
  details: ['platform_unknown', 'platform_ambiguous', 'issuer_mismatch', 'audience_mismatch', 'deployment_unknown'],
  address: ['target_foreign', 'target_mismatch', 'address_unknown', 'method_not_allowed', 'login_incomplete'],
  browser: ['state_missing', 'state_unknown', 'browser_mismatch', 'nonce_missing', 'nonce_mismatch'],
  clock: ['token_expired', 'token_from_future'],
  parked: ['connection_parked', 'deployment_parked'],
  person: ['person_missing'],
}

/** A launch refusal in plain words for whoever looks after the connection. */
export function useSayLaunchRefusal(): (code: string) => string {
  const { t } = useTranslation('connection')
  return (code) => {
    const name = code.replace(/^launch\./, '')
    const cause = Object.entries(CAUSES).find(([, names]) => names.includes(name))?.[0] ?? 'other'
    return t(`cause.${cause}`)
  }
}
