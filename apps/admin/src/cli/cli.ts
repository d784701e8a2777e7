import { Command, CommanderError } from 'commander'
import { blueprintCommand } from './blueprint.ts'
import { inviteCommand, keysCommand, platformCommand, refusalCommand } from './connection.ts'
import { domainCommand } from './domain.ts'
import { grantCommand, institutionCommand, networkCommand } from './directory.ts'

/** Wrong usage is told in one line that names the option, with this exit code; what cannot be done has 1. */
const WRONG_USAGE = 2

/** Runs one command line; `more` are commands of other slices. Sets the exit code and never throws for wrong usage. */
export async function runCli(words: readonly string[], more: readonly Command[] = []): Promise<void> {
  const program = new Command('copractice').description('Copractice from the command line')
  const own = [
    platformCommand(),
    inviteCommand(),
    keysCommand(),
    refusalCommand(),
    networkCommand(),
    institutionCommand(),
    grantCommand(),
    domainCommand(),
    blueprintCommand(),
  ]
  for (const command of [...own, ...more]) program.addCommand(command)
  everyCommand(program).forEach((command) => command.exitOverride())
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) process.exitCode = WRONG_USAGE
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => everyCommand(child))]
}
