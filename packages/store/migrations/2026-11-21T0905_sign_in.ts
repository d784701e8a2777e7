import { sql, type Kysely } from 'kysely'

/**
 * Sign-in by e-mail. The schema `auth` belongs to better-auth 1.7.5, whose names these are (printed by its own migration
 * compiler), and to the whole installation: an address signs in, and the identities of that address say which networks.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create schema auth`,
  `create table auth."user" (
    "id" text primary key,
    "name" text not null,
    "email" text not null unique,
    "emailVerified" boolean not null,
    "image" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create table auth.session (
    "id" text primary key,
    "expiresAt" timestamptz not null,
    "token" text not null unique,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references auth."user" ("id") on delete cascade
  )`,
  `create index session_by_user on auth.session ("userId")`,
  `create table auth.account (
    "id" text primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references auth."user" ("id") on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    "scope" text,
    "password" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null
  )`,
  `create index account_by_user on auth.account ("userId")`,
  `create table auth.verification (
    "id" text primary key,
    "identifier" text not null,
    "value" text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create index verification_by_identifier on auth.verification ("identifier")`,
  // Counted per address and per e-mail, both hashed; rows older than a day are swept.
  `create table auth.sign_in_attempt (
    subject_hash bytea not null,
    at timestamptz not null
  )`,
  `create index sign_in_attempt_by_subject on auth.sign_in_attempt (subject_hash, at)`,
  `create index identity_by_email on identity (subject) where kind = 'email'`,
]
