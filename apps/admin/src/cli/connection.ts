import { Command, Option } from 'commander'
import { pino } from 'pino'
import {
  ANONYMOUS_LAUNCHES,
  Reference,
  UNKNOWN_DEPLOYMENTS,
  worstOf,
  type LaunchPolicy,
} from '@copractice/core/connection'
import { PlatformId } from '@copractice/core/kernel'
import { createLti, type Lti } from '@copractice/lti'
import {
  checkPlatform,
  createRegistrationInvite,
  registerPlatform,
  setPolicyAsOperator,
} from '@copractice/services/connection'
import { findLaunchRefusal, findPlatformById, findPlatformOwner } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { findInstitutionByName, findNetworks } from '@copractice/store/directory'
import { sayStep } from '../web/connection/check-words.ts'
import type { CliConfig } from './config.ts'
import { addInstitution, addNetwork } from './directory.ts'
import { CannotDo, chooseInstitution, chooseNetwork, identifier, onDatabase, webAddress, words } from './on-database.ts'

type PlatformOptions = Readonly<{
  institution: string
  issuer: string
  clientId: string
  deploymentId: string
  authorizationEndpoint: string
  tokenEndpoint: string
  tokenAudience?: string
  jwksUri: string
  profile?: 'canvas' | 'moodle' | 'other'
  network?: string
}>

/** `platform add`: registers an LMS by hand, active at once; the same again changes what differs and says so. */
export function platformCommand(): Command {
  const platform = new Command('platform').description('LMSs that may launch the space')
  platform
    .command('add')
    .description('registers an LMS, or changes what differs; prints what to enter there')
    .requiredOption('--institution <name>', 'whose LMS it is', words)
    .requiredOption('--issuer <url>', 'exactly as the LMS sends it', webAddress)
    .requiredOption('--client-id <id>', 'of our tool in that LMS', identifier)
    .requiredOption('--deployment-id <id>', 'of our tool in that LMS', identifier)
    .requiredOption('--authorization-endpoint <url>', 'where logins are answered', webAddress)
    .requiredOption('--token-endpoint <url>', 'where access tokens are given', webAddress)
    .requiredOption('--jwks-uri <url>', 'the LMS’s public keys', webAddress)
    .option('--token-audience <text>', 'where it differs from the token endpoint', words)
    .addOption(new Option('--profile <lms>', 'guessed when left out').choices(['canvas', 'moodle', 'other']))
    .option('--network <name>', 'needed when there are several', words)
    .action((options: PlatformOptions) => onDatabase((db, config) => addPlatform(db, config, options)))
  platform
    .command('check')
    .description('tests the connection to an LMS: keys, access, roster, columns, clocks; exit code 1 when a step fails')
    .requiredOption('--id <platform>', 'platformId of platform add; also in the address of its page', words)
    .action(({ id }: { id: string }) => onDatabase((db, config) => checkOne(db, config, id)))
  platform
    .command('policy')
    .description('what becomes of launches that the LTI standard leaves open; prints what holds now')
    .requiredOption('--id <platform>', 'platformId of platform add; also in the address of its page', words)
    .addOption(
      new Option('--unknown-deployments <choice>', 'park: turned away and listed to be confirmed').choices(
        UNKNOWN_DEPLOYMENTS,
      ),
    )
    .addOption(
      new Option('--anonymous-launches <choice>', 'visit: let in as nobody, to what is open to all').choices(
        ANONYMOUS_LAUNCHES,
      ),
    )
    .action((options: PolicyOptions) => onDatabase((db) => setPolicy(db, options)))
  return platform
}

type PolicyOptions = Readonly<{ id: string }> & Partial<LaunchPolicy>

async function setPolicy(db: Db, { id, ...choice }: PolicyOptions) {
  const { networkId, platformId, issuer } = await findPlatform(db, id)
  const policy = await setPolicyAsOperator(db, { networkId, platformId }, choice, new Date())
  return { id, issuer, ...policy }
}

async function findPlatform(db: Db, id: string) {
  const platformId = PlatformId.safeParse(id)
  const platform = platformId.success ? await findPlatformById(db, platformId.data) : undefined
  if (!platform) throw new CannotDo(`There is no connection ${id}.`)
  return platform
}

async function checkOne(db: Db, config: CliConfig, id: string) {
  const { networkId, platformId, issuer, profile } = await findPlatform(db, id)
  const at = { networkId, platformId }
  const checked = await checkPlatform({ db, lti: engine(db, config), clock: () => new Date() }, at)
  if (!checked) throw new CannotDo('A self-test of this connection is under way.')
  const state = worstOf(checked.steps)
  if (state === 'fail') process.exitCode = 1
  const steps = checked.steps.map((step) => ({ ...step, ...sayStep(step, profile) }))
  return { id, issuer, profile, state, startedAt: checked.startedAt, finishedAt: checked.finishedAt, steps }
}

function engine(db: Db, { secrets, spaceUrl, allowLocalPlatforms }: CliConfig): Lti {
  const [secret, ...before] = secrets
  if (secret === undefined) throw new CannotDo('COPRACTICE_SECRET has to be set: keys are sealed with it.')
  const log = pino({ level: 'silent' })
  return createLti({ db, publicUrl: spaceUrl, secrets: [secret, ...before], allowLocalPlatforms, log })
}

async function addPlatform(db: Db, { spaceUrl }: CliConfig, options: PlatformOptions) {
  const { institution, deploymentId, network: named, profile, tokenAudience, ...addresses } = options
  const isKnown = await findPlatformOwner(db, options.issuer, options.clientId)
  const { network, institutionId, made } = await findOrMake(db, named, institution, !isKnown)
  const details = { ...addresses, ...(profile ? { profile } : {}), ...(tokenAudience ? { tokenAudience } : {}) }
  const given = { networkId: network.id, institutionId, details, deploymentId, by: null }
  const registered = await registerPlatform(db, given, new Date())
  if (!registered.ok)
    throw new CannotDo(`The client ${options.clientId} of ${options.issuer} is registered for another institution.`)
  return {
    ...registered.value,
    network: network.name,
    institution,
    made,
    issuer: options.issuer,
    clientId: options.clientId,
    deploymentId,
    tool: {
      loginUrl: `${spaceUrl}/lti/login`,
      launchUrl: `${spaceUrl}/lti/launch`,
      jwksUrl: `${spaceUrl}/lti/jwks.json`,
    },
  }
}

/**
 * Where the LMS belongs. What is missing is made and told under `made`, so that one command connects a first LMS to an
 * empty database: the network is then called like the institution. Both keep UTC until somebody changes it. An LMS that
 * is registered already makes nothing.
 */
async function findOrMake(db: Db, named: string | undefined, institution: string, mayMake: boolean) {
  const made: ('network' | 'institution')[] = []
  if (mayMake && named === undefined && (await findNetworks(db, null)).length === 0) {
    await addNetwork(db, institution, 'UTC', [])
    made.push('network')
  }
  const network = await chooseNetwork(db, named)
  if (mayMake && !(await findInstitutionByName(db, network.id, institution))) {
    await addInstitution(db, network, { name: institution, kind: 'campus', timeZone: 'UTC', member: true })
    made.push('institution')
  }
  return { network, institutionId: await chooseInstitution(db, network, institution), made }
}

/** `invite`: an address that an LMS administrator pastes into their LMS, once, within 7 days. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('makes an address with which an LMS registers itself, once, within 7 days')
    .requiredOption('--institution <name>', 'whose LMS it will be', words)
    .option('--network <name>', 'needed when there are several', words)
    .action(({ institution, network: named }: { institution: string; network?: string }) =>
      onDatabase(async (db, { spaceUrl }) => {
        const network = await chooseNetwork(db, named)
        const institutionId = await chooseInstitution(db, network, institution)
        const invite = { networkId: network.id, institutionId, by: null, spaceUrl }
        return { network: network.name, institution, ...(await createRegistrationInvite(db, invite, new Date())) }
      }),
    )
}

/** `refusal`: what is kept of a refused launch or registration, under the reference that its page showed. */
export function refusalCommand(): Command {
  return new Command('refusal')
    .description('why a launch or registration was refused, by the reference on its page; kept for 90 days')
    .requiredOption('--reference <reference>', 'for example 7KQ4-MX29', words)
    .action(({ reference }: { reference: string }) =>
      onDatabase(async (db) => {
        const typed = Reference.safeParse(reference)
        const found = typed.success ? await findLaunchRefusal(db, typed.data) : undefined
        if (!found) throw new CannotDo(`Nothing is kept under ${reference}.`)
        return found
      }),
    )
}

/** `keys rotate`: the new key is listed at once and signs a quarter of an hour later; the old one stays listed a day. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('the tool’s own signing keys')
  keys
    .command('rotate')
    .description('adds a signing key that takes over when every LMS has had time to see it')
    .action(() =>
      onDatabase(async (db, config) => {
        const lti = engine(db, config)
        const kid = await lti.keys.rotate()
        const { keys: listed } = await lti.keys.publicKeys()
        return { added: kid, listed: listed.map((key) => key.kid) }
      }),
    )
  return keys
}
