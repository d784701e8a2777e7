import { readdirSync, readFileSync } from 'node:fs'
import { Blueprint } from '@copractice/core/programme'

const FOLDER = new URL('../../../../blueprints/', import.meta.url)

/** The blueprints that ship, by name. */
export const blueprintNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()

/** One that ships, checked; undefined: there is none of that name. */
export function readBlueprint(name: string): Blueprint | undefined {
  if (!blueprintNames().includes(name)) return undefined
  return Blueprint.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')))
}
