import { Command, InvalidArgumentError } from 'commander'
import { readSignInDomain } from '@copractice/core/directory'
import { releaseDomain } from '@copractice/services/directory'
import { findDomainHolder } from '@copractice/store/directory'
import { CannotDo, onDatabase } from './on-database.ts'

type Options = Readonly<{ name: string; release?: true }>

/** `domain`: who of the installation signs people in with a mail domain, and taking it from them where it is not theirs. */
export function domainCommand(): Command {
  return new Command('domain')
    .description('whose sign-in speaks for a domain of mail addresses, of all networks')
    .requiredOption('--name <domain>', 'for example riverside.edu', domainName)
    .option('--release', 'takes it from them, so that another institution can have it confirmed')
    .action(({ name: domain, release }: Options) =>
      onDatabase(async (db) => {
        const holder = release ? await releaseDomain(db, domain, new Date()) : await findDomainHolder(db, domain)
        if (!holder) throw new CannotDo(`No institution has ${domain} confirmed.`)
        return { change: release ? 'released' : 'none', domain, ...holder }
      }),
    )
}

function domainName(text: string): string {
  const read = readSignInDomain(text)
  if (!read.ok) throw new InvalidArgumentError('It has to be a domain of mail addresses such as riverside.edu.')
  return read.value
}
