import type {
  addRegion,
  grantRole,
  importPeople,
  mergePeople,
  removePerson,
  revokeRole,
  setAffiliation,
  undoMerge,
} from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './people.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addRegion
  | typeof grantRole
  | typeof mergePeople
  | typeof removePerson
  | typeof undoMerge
  | typeof importPeople
  | typeof revokeRole
  | typeof setAffiliation
>

export const usePeopleWords = wordsOf('people', messages)
export const usePeopleRefusals = refusalsOf<Code | 'directory.read_only'>('people', messages)
