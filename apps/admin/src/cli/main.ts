import { Command } from 'commander'
import { reviewCommand } from './review.ts'

await new Command('copractice').description('Copractice from the command line').addCommand(reviewCommand()).parseAsync()
