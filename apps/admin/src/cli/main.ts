import { runCli } from './cli.ts'
import { placementCommand } from './placement.ts'
import { reviewCommand } from './review.ts'

await runCli(process.argv.slice(2), [reviewCommand(), placementCommand()])
