import { InvalidArgumentError } from 'commander'
import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import { DatabaseUnavailable, openDatabase, type Db } from '@copractice/store/database'
import { findInstitutionByName, findNetworks } from '@copractice/store/directory'
import { readConfig, type CliConfig } from './config.ts'

/** What the operator has to be told, in one line; ends with exit code 1. */
export class CannotDo extends Error {}

/**
 * Does one command on the database that the environment names, and prints its answer as one JSON object. What stands in
 * the way is one line on standard error and exit code 1.
 */
export async function onDatabase(work: (db: Db, config: CliConfig) => Promise<object>): Promise<void> {
  try {
    const config = readConfig()
    const open = await openDatabase(config.location)
    try {
      console.log(JSON.stringify(await work(open.db, config)))
    } finally {
      await open.close()
    }
  } catch (error) {
    const isTheirs = error instanceof CannotDo || error instanceof DatabaseUnavailable || isConfiguration(error)
    if (!isTheirs) throw error
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

const isConfiguration = (error: unknown) => error instanceof Error && / cannot be used: /.test(error.message)

export type NetworkChosen = Readonly<{ id: NetworkId; name: string }>

/** The network of that name, or the only one there is. */
export async function chooseNetwork(db: Db, name: string | undefined): Promise<NetworkChosen> {
  const found = await findNetworks(db, name ?? null)
  if (found.length === 1) return found[0]!
  if (name !== undefined) throw new CannotDo(`No network is called ${name}.`)
  if (!found.length) throw new CannotDo('There is no network yet. Begin with: network add --name NAME --time-zone ZONE')
  throw new CannotDo(`Name one with --network: ${found.map((network) => network.name).join(', ')}.`)
}

export async function chooseInstitution(db: Db, network: NetworkChosen, name: string): Promise<InstitutionId> {
  const id = await findInstitutionByName(db, network.id, name)
  if (id) return id
  throw new CannotDo(
    `No institution is called ${name} in the network ${network.name}. Add it in the admin app, or with: institution add --name NAME`,
  )
}

/** For `--option <url>`. */
export function webAddress(text: string): string {
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  if (!isWeb) throw new InvalidArgumentError('It has to begin with https:// (or http://).')
  return text
}

export function timeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('It has to be a time zone such as America/New_York.')
  }
}

export function words(text: string): string {
  const trimmed = text.trim()
  if (!trimmed || trimmed.length > 200) throw new InvalidArgumentError('It has to have 1 to 200 characters.')
  return trimmed
}

/** Client and deployment ids are opaque and at most 255 characters. */
export function identifier(text: string): string {
  if (!text || text.length > 255) throw new InvalidArgumentError('It has to have 1 to 255 characters.')
  return text
}
