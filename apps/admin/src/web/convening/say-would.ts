import type { Say } from '@copractice/ui'
import type messages from './messages.en.json'

type Told = Readonly<{ rows: number; added: number; kept: number }>

/** What bringing a list would do, each number with its own plural. */
export const sayWould = (say: Say<typeof messages>, { rows, added, kept }: Told): string =>
  say('import.would', { count: rows, added, kept: say('import.kept', { count: kept }) })
