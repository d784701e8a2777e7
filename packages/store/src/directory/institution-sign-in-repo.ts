import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Place = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>

export type InstitutionSignIn = Place &
  Readonly<{
    kind: 'oidc' | 'saml'
    issuer: string
    clientId: string
    clientSecretSealed: string | null
    ssoUrl: string | null
    certificates: readonly string[]
    isOn: boolean
    isOnly: boolean
    lastSignInAt: Date | null
    lastError: Readonly<{ code: string; at: Date; reference: string; detail: string | null }> | null
  }>

export async function findInstitutionSignIn(
  db: Db | Trx,
  { networkId, institutionId }: Place,
): Promise<InstitutionSignIn | undefined> {
  const row = await db
    .selectFrom('institution_sign_in')
    .selectAll()
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .executeTakeFirst()
  if (!row) return undefined
  const { last_error_code: code, last_error_at: at, last_error_reference: reference, last_error_detail: detail } = row
  return {
    networkId,
    institutionId,
    kind: row.kind,
    issuer: row.issuer,
    clientId: row.client_id,
    clientSecretSealed: row.client_secret_sealed,
    ssoUrl: row.sso_url,
    certificates: row.certificates,
    isOn: row.is_on,
    isOnly: row.is_only,
    lastSignInAt: row.last_sign_in_at,
    lastError: code && at && reference ? { code, at, reference, detail } : null,
  }
}

/** Until the end of the transaction nobody else sets up this institution's sign-in, one that is not there yet included. */
export async function lockSignIn(trx: Trx, { networkId, institutionId }: Place): Promise<void> {
  await trx
    .selectFrom('institution')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', institutionId)
    .forNoKeyUpdate()
    .execute()
}

type Saved = Place &
  Pick<InstitutionSignIn, 'kind' | 'issuer' | 'clientId' | 'clientSecretSealed' | 'ssoUrl' | 'certificates'> &
  Readonly<{
    /** The same provider and client as before, with another secret, certificate or address. */
    isSame: boolean
  }>

/**
 * In the place of what was there; it stays on when it was on. Of another provider it is not known that anybody has come in
 * by it, so `isOnly` ends. What went wrong before is forgotten.
 */
export async function saveSignIn(trx: Trx, saved: Saved, now: Date): Promise<void> {
  const values = {
    kind: saved.kind,
    issuer: saved.issuer,
    client_id: saved.clientId,
    client_secret_sealed: saved.clientSecretSealed,
    sso_url: saved.ssoUrl,
    certificates: [...saved.certificates],
    saved_at: now,
    ...(saved.isSame ? {} : { is_only: false, last_sign_in_at: null }),
    last_error_code: null,
    last_error_at: null,
    last_error_reference: null,
    last_error_detail: null,
  }
  await trx
    .insertInto('institution_sign_in')
    .values({ network_id: saved.networkId, institution_id: saved.institutionId, ...values })
    .onConflict((conflict) => conflict.columns(['network_id', 'institution_id']).doUpdateSet(values))
    .execute()
  await dropLogins(trx, saved)
}

export async function switchSignIn(
  trx: Trx,
  { networkId, institutionId, isOn, isOnly }: Place & Switch,
): Promise<void> {
  await trx
    .updateTable('institution_sign_in')
    .set({ is_on: isOn, is_only: isOn && isOnly })
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .execute()
}
type Switch = Readonly<{ isOn: boolean; isOnly: boolean }>

/** With the domains it spoke for. */
export async function deleteSignIn(trx: Trx, { networkId, institutionId }: Place): Promise<void> {
  for (const table of ['institution_login', 'institution_domain', 'institution_sign_in'] as const) {
    await trx
      .deleteFrom(table)
      .where('network_id', '=', networkId)
      .where('institution_id', '=', institutionId)
      .execute()
  }
}

/** What was begun with earlier settings is not finished with later ones. */
async function dropLogins(trx: Trx, { networkId, institutionId }: Place): Promise<void> {
  await trx
    .deleteFrom('institution_login')
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .execute()
}

type Happened = Place & Readonly<{ code: string; reference: string; detail: string | null }>

export async function recordSignInError(db: Db | Trx, happened: Happened, now: Date): Promise<void> {
  await db
    .updateTable('institution_sign_in')
    .set({
      last_error_code: happened.code,
      last_error_at: now,
      last_error_reference: happened.reference,
      last_error_detail: happened.detail,
    })
    .where('network_id', '=', happened.networkId)
    .where('institution_id', '=', happened.institutionId)
    .execute()
}

export async function recordSignInDone(trx: Trx, { networkId, institutionId }: Place, now: Date): Promise<void> {
  await trx
    .updateTable('institution_sign_in')
    .set({ last_sign_in_at: now })
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .execute()
}

export type SignInDomain = Readonly<{ domain: string; confirmedAt: Date | null }>

export async function listSignInDomains(db: Db | Trx, { networkId, institutionId }: Place): Promise<SignInDomain[]> {
  return db
    .selectFrom('institution_domain')
    .select(['domain', 'confirmed_at as confirmedAt'])
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .orderBy('domain')
    .limit(100)
    .execute()
}

/** One more, waiting; one that is there already stays as it is. */
export async function insertSignInDomain(trx: Trx, at: Place & { domain: string }, now: Date): Promise<void> {
  await trx
    .insertInto('institution_domain')
    .values({ network_id: at.networkId, institution_id: at.institutionId, domain: at.domain, added_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** False when the domain is confirmed for another institution of the installation, whichever network it is of. */
export async function confirmDomain(trx: Trx, at: Place & { domain: string }, now: Date): Promise<boolean> {
  const { networkId, institutionId, domain } = at
  // Put in anew, so that two at once meet at the index and one of them is told, instead of failing.
  await trx
    .deleteFrom('institution_domain')
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .where('domain', '=', domain)
    .execute()
  const values = { network_id: networkId, institution_id: institutionId, domain, added_at: now }
  const { numInsertedOrUpdatedRows: rows } = await trx
    .insertInto('institution_domain')
    .values({ ...values, confirmed_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (rows === 1n) return true
  await insertSignInDomain(trx, at, now)
  return false
}

export type DomainHolder = Place & Readonly<{ network: string; institution: string; confirmedAt: Date }>

/** For whom of the installation a domain is confirmed, whichever network they are of. */
export async function findDomainHolder(db: Db | Trx, domain: string): Promise<DomainHolder | undefined> {
  const row = await db
    .selectFrom('institution_domain as m')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'm.network_id').onRef('i.id', '=', 'm.institution_id'),
    )
    .innerJoin('network as n', 'n.id', 'm.network_id')
    .select(['m.network_id as networkId', 'n.name as network', 'm.institution_id as institutionId'])
    .select(['i.name as institution', 'm.confirmed_at as confirmedAt'])
    .where('m.domain', '=', domain)
    .where('m.confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row as DomainHolder | undefined
}

/** How many were confirmed and wait again. */
export async function withdrawDomains(trx: Trx, { networkId, institutionId }: Place): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('institution_domain')
    .set({ confirmed_at: null })
    .where('network_id', '=', networkId)
    .where('institution_id', '=', institutionId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export async function deleteSignInDomain(trx: Trx, at: Place & { domain: string }): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('institution_domain')
    .where('network_id', '=', at.networkId)
    .where('institution_id', '=', at.institutionId)
    .where('domain', '=', at.domain)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
