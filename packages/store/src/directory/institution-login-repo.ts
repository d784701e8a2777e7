import { sql } from 'kysely'
import type { InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { unboundWithin } from '../unbound-within.ts'
import type { PersonByEmail } from './sign-in-repo.ts'

type Place = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>
export type OfferedSignIn = Place & Readonly<{ institution: string; isOnly: boolean }>

/** Whose sign-in speaks for a domain, in whichever network; undefined when nobody's does. */
export async function findOffer(db: Db | Trx, domain: string): Promise<OfferedSignIn | undefined> {
  const row = await db
    .selectFrom('institution_domain as m')
    .innerJoin('institution_sign_in as s', (on) =>
      on.onRef('s.network_id', '=', 'm.network_id').onRef('s.institution_id', '=', 'm.institution_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'm.network_id').onRef('i.id', '=', 'm.institution_id'),
    )
    .select(['m.network_id as networkId', 'm.institution_id as institutionId', 'i.name as institution'])
    .select('s.is_only as isOnly')
    .where('m.domain', '=', domain)
    .where('m.confirmed_at', 'is not', null)
    .where('s.is_on', '=', true)
    .executeTakeFirst()
  return row as OfferedSignIn | undefined
}

type NewLogin = Place &
  Readonly<{
    kind: 'oidc' | 'saml'
    stateHash: Uint8Array
    browserHash: Uint8Array
    heldSealed: string
    expiresAt: Date
  }>

/** Those that ran out go at the same time: nothing else sweeps them. */
export async function insertLogin(db: Db, login: NewLogin, now: Date): Promise<void> {
  await db.deleteFrom('institution_login').where('expires_at', '<=', now).execute()
  await db
    .insertInto('institution_login')
    .values({
      network_id: login.networkId,
      institution_id: login.institutionId,
      kind: login.kind,
      state_hash: login.stateHash,
      browser_hash: login.browserHash,
      held_sealed: login.heldSealed,
      expires_at: login.expiresAt,
    })
    .execute()
}

export type LoginFound = Place & Readonly<{ heldSealed: string; answeredSealed: string | null; isThisBrowser: boolean }>

type Asked = Readonly<{ kind: 'oidc' | 'saml'; browserHashes: readonly Uint8Array[] }> &
  (Readonly<{ stateHash: Uint8Array }> | Readonly<{ handoffHash: Uint8Array }>)

/**
 * Uses a login up, where it is this browser's. One of another browser is told of and left to the browser that began it.
 * Undefined: none, or it was used or ran out.
 */
export async function takeLogin(db: Db, asked: Asked, now: Date): Promise<LoginFound | undefined> {
  const named =
    'stateHash' in asked
      ? sql<boolean>`state_hash = ${asked.stateHash}`
      : sql<boolean>`handoff_hash = ${asked.handoffHash}`
  const mine = sql<boolean>`browser_hash = any (${[...asked.browserHashes]}::bytea[])`
  const columns = [
    'network_id as networkId',
    'institution_id as institutionId',
    'held_sealed as heldSealed',
    'answered_sealed as answeredSealed',
  ] as const
  const holds = <T>(row: T | undefined, isThisBrowser: boolean) =>
    row && ({ ...row, isThisBrowser } as unknown as LoginFound)
  const taken = await db
    .deleteFrom('institution_login')
    .where('kind', '=', asked.kind)
    .where(named)
    .where(mine)
    .where('expires_at', '>', now)
    .returning(columns)
    .executeTakeFirst()
  if (taken) return holds(taken, true)
  const others = db.selectFrom('institution_login').select(columns).where('kind', '=', asked.kind).where(named)
  return holds(await others.where('expires_at', '>', now).executeTakeFirst(), false)
}

/** A SAML login whose answer has not come yet. */
export async function findUnanswered(db: Db, stateHash: Uint8Array, now: Date): Promise<Place | undefined> {
  const row = await db
    .selectFrom('institution_login')
    .select(['network_id as networkId', 'institution_id as institutionId'])
    .where('kind', '=', 'saml')
    .where('state_hash', '=', stateHash)
    .where('answered_sealed', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row as Place | undefined
}

/** Keeps what was proved until the browser fetches it. False when an answer came before: of several at once, one counts. */
export async function answerLogin(
  db: Db,
  answer: Readonly<{ stateHash: Uint8Array; handoffHash: Uint8Array; answeredSealed: string }>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('institution_login')
    .set({ answered_sealed: answer.answeredSealed, handoff_hash: answer.handoffHash })
    .where('state_hash', '=', answer.stateHash)
    .where('answered_sealed', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

type Issuer = Readonly<{ kind: 'oidc' | 'saml'; issuer: string; clientId: string }>

/** Until the end of the transaction, nobody else decides as whom these people are remembered. */
export async function lockPeople(trx: Trx, people: readonly PersonByEmail[]): Promise<void> {
  await sql`select from person where (network_id, id) in (select * from unnest(
      ${people.map(({ networkId }) => networkId)}::uuid[], ${people.map(({ personId }) => personId)}::uuid[]))
    order by network_id, id for no key update`.execute(trx)
}

/** As whom an issuer vouched before for the people of an address, in whichever network. */
export async function rememberedSubjects(
  db: Db | Trx,
  { kind, issuer, clientId }: Issuer,
  people: readonly PersonByEmail[],
): Promise<string[]> {
  if (!people.length) return []
  const rows = await db
    .selectFrom('identity')
    .select('subject')
    .where('kind', '=', kind)
    .where('issuer', '=', issuer)
    .where('client_id', '=', clientId)
    .where((eb) =>
      eb.or(
        people.map(({ networkId, personId }) =>
          eb.and([eb('network_id', '=', networkId), eb('person_id', '=', personId)]),
        ),
      ),
    )
    .execute()
  return rows.map(({ subject }) => subject)
}

/** False when the subject is somebody else's in one of these networks. */
export async function rememberSubject(
  trx: Trx,
  { kind, issuer, clientId, subject }: Issuer & Readonly<{ subject: string }>,
  people: readonly PersonByEmail[],
): Promise<boolean> {
  for (const { networkId, personId } of people) {
    await trx
      .insertInto('identity')
      .values({ network_id: networkId, person_id: personId, kind, issuer, client_id: clientId, subject })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { person_id: held } = await trx
      .selectFrom('identity')
      .select('person_id')
      .where('network_id', '=', networkId)
      .where('kind', '=', kind)
      .where('issuer', '=', issuer)
      .where('client_id', '=', clientId)
      .where('subject', '=', subject)
      .executeTakeFirstOrThrow()
    if (held !== personId) return false
  }
  return true
}

/** Forgets as whom an issuer vouched for whoever has this address in the network. Says whose it was. */
export async function forgetSubjects(
  trx: Trx,
  { networkId, email, kind, issuer }: Readonly<{ networkId: NetworkId; email: string }> & Omit<Issuer, 'clientId'>,
): Promise<PersonId[]> {
  const rows = await trx
    .deleteFrom('identity')
    .where('network_id', '=', networkId)
    .where('kind', '=', kind)
    .where('issuer', '=', issuer)
    .where('person_id', 'in', (eb) =>
      eb
        .selectFrom('identity as e')
        .select('e.person_id')
        .where('e.network_id', '=', networkId)
        .where('e.kind', '=', 'email')
        .where('e.subject', '=', email),
    )
    .returning('person_id')
    .execute()
  return rows.map(({ person_id }) => person_id as PersonId)
}

/** Marks a session that nobody has the cookie of yet: from then on it opens that institution's network alone. */
export async function bindSession(db: Db, token: string, { networkId, institutionId }: Place): Promise<void> {
  await sql`update auth.session set "provedIn" = ${networkId}, "provedBy" = ${institutionId} where token = ${token}`.execute(
    db,
  )
}

/**
 * Signs out, for good, who came through an institution: everybody, or who has an address or one of a domain. Sessions are
 * the installation's, so the bound role cannot reach them; these go with the change that ends them, or neither does.
 */
export async function endVouchedSessions(
  trx: Trx,
  { networkId, institutionId }: Place,
  whose: Readonly<{ email?: string; domain?: string }> = {},
): Promise<void> {
  const email = whose.email?.toLowerCase() ?? null
  const domain = whose.domain?.toLowerCase() ?? null
  await unboundWithin(trx, () =>
    sql`delete from auth.session s using auth."user" u
      where u.id = s."userId" and s."provedIn" = ${networkId} and s."provedBy" = ${institutionId}
      and (${email}::text is null or lower(u.email) = ${email})
      and (${domain}::text is null or lower(substring(u.email from '[^@]*$')) = ${domain})`.execute(trx),
  )
}
