import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import { newReference } from '@copractice/lti'
import { recordSignInError } from '@copractice/store/directory'
import type { InstitutionSignInDeps } from './ours.ts'
import type { ProviderFault } from './provider-fault.ts'

type Place = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>

/**
 * Gives a refused sign-in its reference: the log has it with the code, and the institution's page the last one, with what
 * its administrators need to put it right.
 */
export function tellsTrouble({ db, warn, clock }: Pick<InstitutionSignInDeps, 'db' | 'warn' | 'clock'>) {
  return async ({ code, detail, cause }: ProviderFault, place: Place | undefined): Promise<string> => {
    const reference = newReference()
    const why = cause instanceof Error ? cause.message.slice(0, 200) : null
    warn({ reference, code, institutionId: place?.institutionId ?? null, cause: why })
    if (place) await recordSignInError(db, { ...place, code, reference, detail }, clock())
    return reference
  }
}
