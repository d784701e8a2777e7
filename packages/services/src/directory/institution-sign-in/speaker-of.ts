import { createHash } from 'node:crypto'
import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Trx } from '@copractice/store/database'
import { findInstitutionSignIn, type InstitutionSignIn } from '@copractice/store/directory'

/** One word for who speaks, so that nobody confirms another than they were shown, or is let in by one who spoke before. */
export function speakerOf(kept: InstitutionSignIn | undefined): string {
  const who = kept ? [kept.kind, kept.issuer, kept.clientId, kept.ssoUrl, ...kept.certificates] : []
  return createHash('sha256').update(JSON.stringify(who)).digest('base64url')
}

type Place = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>

/** Whether the one whom somebody saw speaking still does. */
export async function isStillSpeaker(trx: Trx, place: Place, speaker: string): Promise<boolean> {
  return speakerOf(await findInstitutionSignIn(trx, place)) === speaker
}
