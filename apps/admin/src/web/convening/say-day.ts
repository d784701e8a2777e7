import { wordsOf } from '@copractice/ui'
import messages from './day.en.json' with { type: 'json' }

/** Words of sessions, badges, check-in and what follows. Refusals are said with the convening's own (`useRefusals`). */
export const useDayWords = wordsOf('conveningDay', messages)
