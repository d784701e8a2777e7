import { Command, InvalidArgumentError, Option } from 'commander'
import * as z from 'zod'
import { InstitutionKind } from '@copractice/core/directory'
import { USUAL_LIMITS } from '@copractice/core/programme'
import type { Db } from '@copractice/store/database'
import {
  findRegionByName,
  insertGrant,
  insertInstitution,
  insertNetwork,
  savePersonByEmail,
  saveRegion,
} from '@copractice/store/directory'
import { CannotDo, chooseNetwork, onDatabase, timeZone, words, type NetworkChosen } from './on-database.ts'

/** `network add`: where a deployment with an empty database begins. */
export function networkCommand(): Command {
  const network = new Command('network').description('operators of communities of practice, each apart from the others')
  network
    .command('add')
    .requiredOption('--name <name>', 'what people call it', words)
    .requiredOption('--time-zone <zone>', 'for example America/New_York', timeZone)
    .option('--region <name...>', 'its parts with coordinators of their own', [])
    .action(({ name, timeZone: zone, region }: { name: string; timeZone: string; region: string[] }) =>
      onDatabase((db) => addNetwork(db, name, zone, region)),
    )
  return network
}

/** A network with the usual limits. */
export function addNetwork(db: Db, name: string, zone: string, regions: readonly string[]): Promise<object> {
  return db.transaction().execute(async (trx) => {
    const slug = name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
    const network = { name, slug: slug || 'network', timeZone: zone, limits: USUAL_LIMITS }
    const networkId = await insertNetwork(trx, network)
    if (!networkId) throw new CannotDo(`A network called ${name}, or much like it, exists.`)
    for (const region of regions) await saveRegion(trx, networkId, region)
    return { networkId, network: name, timeZone: zone, regions }
  })
}

type InstitutionOptions = Readonly<{
  name: string
  kind: InstitutionKind
  timeZone: string
  region?: string
  network?: string
  member: boolean
}>

/** `institution add`: a campus, office, partner or local government of a network. */
export function institutionCommand(): Command {
  const institution = new Command('institution').description('campuses, offices and partner organisations of a network')
  institution
    .command('add')
    .requiredOption('--name <name>', 'what people call it', words)
    .requiredOption('--time-zone <zone>', 'for example America/New_York', timeZone)
    .addOption(new Option('--kind <kind>', 'what it is').choices(InstitutionKind.options).default('campus'))
    .option('--region <name>', 'made where there is none of that name', words)
    .option('--no-member', 'it does not belong to the network')
    .option('--network <name>', 'needed when there are several', words)
    .action((options: InstitutionOptions) =>
      onDatabase(async (db) => addInstitution(db, await chooseNetwork(db, options.network), options)),
    )
  return institution
}

/** `member`: a campus that belongs to the network from today on. */
export function addInstitution(
  db: Db,
  network: NetworkChosen,
  options: Omit<InstitutionOptions, 'network'>,
): Promise<object> {
  const { name, kind, timeZone: zone, region, member } = options
  return db.transaction().execute(async (trx) => {
    const regionId = region ? await saveRegion(trx, network.id, region) : null
    const memberSince = kind === 'campus' && member ? new Date().toISOString().slice(0, 10) : null
    const id = await insertInstitution(
      trx,
      network.id,
      { name, kind, regionId, timeZone: zone, memberSince },
      new Date(),
    )
    if (!id) throw new CannotDo(`The network ${network.name} has an institution called ${name}.`)
    return { institutionId: id, institution: name, network: network.name, region: region ?? null }
  })
}

type GrantOptions = Readonly<{
  email: string
  role: 'network_admin' | 'coordinator'
  region?: string
  network?: string
}>

/** `grant`: lets somebody sign in to the admin app by a mailed link. */
export function grantCommand(): Command {
  return new Command('grant')
    .description('lets somebody sign in to the admin app')
    .requiredOption('--email <address>', 'where the sign-in link goes', emailAddress)
    .addOption(
      new Option('--role <role>', 'how far they reach').choices(['network_admin', 'coordinator']).makeOptionMandatory(),
    )
    .option('--region <name>', 'what a coordinator coordinates', words)
    .option('--network <name>', 'needed when there are several', words)
    .action((options: GrantOptions) => onDatabase((db) => grant(db, options)))
}

async function grant(db: Db, { email, role, region, network: named }: GrantOptions): Promise<object> {
  const network = await chooseNetwork(db, named)
  return db.transaction().execute(async (trx) => {
    const regionId = region ? await findRegionByName(trx, network.id, region) : undefined
    if (role === 'coordinator' && !region) throw new CannotDo('A coordinator needs --region.')
    if (region && !regionId) throw new CannotDo(`No region is called ${region} in the network ${network.name}.`)
    const personId = await savePersonByEmail(trx, network.id, email)
    const granted = role === 'coordinator' ? { role, regionId: regionId! } : { role }
    const isNew = await insertGrant(trx, { networkId: network.id, personId }, granted)
    return { change: isNew ? 'granted' : 'unchanged', email, role, region: region ?? null, network: network.name }
  })
}

function emailAddress(text: string): string {
  const parsed = z.email().max(254).safeParse(text)
  if (!parsed.success) throw new InvalidArgumentError('It has to be an e-mail address.')
  return parsed.data.toLowerCase()
}
