import { existsSync, readdirSync, rmSync } from 'node:fs'
import { lockFolder } from '@copractice/store/database'
import { readConfig } from './config.ts'

const KEPT = new Set(['pg', 'uploads', 'canvas', 'moodle', 'mail.json', 'begun', 'seeded', 'secret', 'process.lock'])
/** A killed process leaves drafts of its files: "mail.json.4711.tmp". */
const isOurs = (name: string): boolean => KEPT.has(name.replace(/\.\d+(\.tmp)?$/, ''))

/** Begins anew: removes everything the demo keeps. Refuses while the demo runs on that folder, and a folder that holds anything else. */
try {
  const { folder } = readConfig(process.env)
  const other = existsSync(folder) ? readdirSync(folder).find((name) => !isOurs(name)) : undefined
  if (other) throw new Error(`${folder} holds "${other}", which is not the demo's. Nothing was removed.`)
  if (existsSync(folder)) lockFolder(folder)()
  rmSync(folder, { recursive: true, force: true })
  console.log(`Removed ${folder}. The next start begins anew.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
