import type { Resources } from '@copractice/ui'
import choices from './review/messages-choices.en.json' with { type: 'json' }
import claim from './directory/claim.en.json' with { type: 'json' }
import cohort from './cohort/messages.en.json' with { type: 'json' }
import connection from './connection/messages.en.json' with { type: 'json' }
import convening from './convening/messages.en.json' with { type: 'json' }
import directory from './directory/messages.en.json' with { type: 'json' }
import files from './review/messages-files.en.json' with { type: 'json' }
import gradebook from './gradebook/messages.en.json' with { type: 'json' }
import meeting from './meeting/messages.en.json' with { type: 'json' }
import pairings from './review/messages-pairings.en.json' with { type: 'json' }
import participation from './meeting/participation.en.json' with { type: 'json' }
import practice from './practice/messages.en.json' with { type: 'json' }
import portfolio from './portfolio/messages.en.json' with { type: 'json' }
import renewal from './cohort/renewal.en.json' with { type: 'json' }
import review from './review/messages.en.json' with { type: 'json' }
import setup from './review/messages-setup.en.json' with { type: 'json' }
import scores from './review/messages-scores.en.json' with { type: 'json' }
import reviewWriting from './review/messages-writing.en.json' with { type: 'json' }
import teams from './review/messages-teams.en.json' with { type: 'json' }

/** Every word of the space, by language and slice. */
export const resources: Resources = {
  en: {
    choices,
    claim,
    cohort,
    connection,
    convening,
    directory,
    files,
    gradebook,
    meeting,
    pairings,
    participation,
    portfolio,
    practice,
    renewal,
    review,
    reviewWriting,
    scores,
    setup,
    teams,
  },
}
