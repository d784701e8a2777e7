import type { RefusalCode } from '@copractice/core/kernel'
import type {
  addExemplarRoute,
  listExemplarsRoute,
  listTeamsRoute,
  markExemplarRoute,
  myExemplarsRoute,
  myTeamRoute,
  removeExemplarRoute,
  setTeamsRoute,
  showExemplarRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-teams.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addExemplarRoute
  | typeof listExemplarsRoute
  | typeof listTeamsRoute
  | typeof markExemplarRoute
  | typeof myExemplarsRoute
  | typeof myTeamRoute
  | typeof removeExemplarRoute
  | typeof setTeamsRoute
  | typeof showExemplarRoute
>

export const useTeamWords = wordsOf('teams', messages)
export const useTeamRefusals = refusalsOf<Code>('teams', messages)
