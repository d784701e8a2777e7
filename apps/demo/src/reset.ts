import { existsSync, rmSync } from 'node:fs'
import { lockFolder } from '@copractice/store/database'
import { readConfig } from './config.ts'

/** Begins anew: removes everything the demo keeps. Refuses while the demo runs on that folder. */
try {
  const { folder } = readConfig(process.env)
  if (existsSync(folder)) lockFolder(folder)()
  rmSync(folder, { recursive: true, force: true })
  console.log(`Removed ${folder}. The next start begins anew.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
