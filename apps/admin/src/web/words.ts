import type { Resources } from '@copractice/ui'
import cohort from './cohort/messages.en.json' with { type: 'json' }
import connection from './connection/messages.en.json' with { type: 'json' }
import convening from './convening/messages.en.json' with { type: 'json' }
import directory from './directory/messages.en.json' with { type: 'json' }
import programme from './programme/messages.en.json' with { type: 'json' }

/** Every word of the admin app, by language and slice. */
export const resources: Resources = { en: { cohort, connection, convening, directory, programme } }
