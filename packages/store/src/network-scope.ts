import { AsyncLocalStorage } from 'node:async_hooks'
import type { NetworkId } from '@copractice/core/kernel'

/** One request's, or one job's. It begins unbound, because somebody has to be recognised before their network is known. */
type Scope = { networkId: string | undefined }

const scopes = new AsyncLocalStorage<Scope | undefined>()

/** Runs what answers one request. It sees every network until `enterNetwork` is called within. */
export function openScope<T>(run: () => T): T {
  return scopes.run({ networkId: undefined }, run)
}

/**
 * From here on every statement of this request sees and writes rows of the network alone, whatever its `where` says.
 * Throws outside `openScope`, and when the request is bound to another network already: a scope only ever narrows.
 */
export function enterNetwork(networkId: NetworkId): void {
  const scope = scopes.getStore()
  if (!scope) throw new Error('a network is entered within openScope only')
  if (scope.networkId !== undefined && scope.networkId !== networkId) throw new Error('the scope has a network already')
  scope.networkId = networkId
}

/** Runs a job's part, a command or a test with the rows of one network alone. */
export function withinNetwork<T>(networkId: NetworkId, run: () => T): T {
  return scopes.run({ networkId }, run)
}

/**
 * Runs with the rows of every network: only for what belongs to the whole installation (sign-in by an address, one LMS
 * registered twice, who may frame our pages). Each call is a hole in the second lock and says why it is there.
 */
export function acrossNetworks<T>(run: () => T): T {
  return scopes.run(undefined, run)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The network that statements sent now are bound to; undefined: to none. Safe to write into a statement. */
export function networkInScope(): string | undefined {
  const networkId = scopes.getStore()?.networkId
  if (networkId !== undefined && !UUID.test(networkId)) throw new Error('a network id is a UUID')
  return networkId
}
