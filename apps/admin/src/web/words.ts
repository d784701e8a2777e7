import type { Resources } from '@copractice/ui'
import cohort from './cohort/messages.en.json' with { type: 'json' }
import season from './cohort/season.en.json' with { type: 'json' }
import check from './connection/check.en.json' with { type: 'json' }
import connection from './connection/messages.en.json' with { type: 'json' }
import refusal from './connection/refusal.en.json' with { type: 'json' }
import conveningDay from './convening/day.en.json' with { type: 'json' }
import convening from './convening/messages.en.json' with { type: 'json' }
import placement from './convening/board/placement.en.json' with { type: 'json' }
import directory from './directory/messages.en.json' with { type: 'json' }
import passkey from './directory/passkey.en.json' with { type: 'json' }
import people from './directory/people.en.json' with { type: 'json' }
import signIn from './institution-sign-in/sign-in.en.json' with { type: 'json' }
import programme from './programme/messages.en.json' with { type: 'json' }
import proposal from './proposal/messages.en.json' with { type: 'json' }
import pairing from './proposal/pairing/pairing.en.json' with { type: 'json' }
import report from './report/messages.en.json' with { type: 'json' }

/** Every word of the admin app, by language and slice. */
export const resources: Resources = {
  en: {
    check,
    cohort,
    connection,
    convening,
    conveningDay,
    directory,
    pairing,
    passkey,
    people,
    placement,
    programme,
    proposal,
    refusal,
    report,
    season,
    signIn,
  },
}
