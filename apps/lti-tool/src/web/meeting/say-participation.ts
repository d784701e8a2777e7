import type { RefusalCode } from '@copractice/core/kernel'
import type {
  checkCommitment,
  listCommitments,
  makeCommitment,
  noteAttendance,
  showAgenda,
  showAttendance,
  writeAgenda,
} from '@copractice/core/meeting'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './participation.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof checkCommitment
  | typeof listCommitments
  | typeof makeCommitment
  | typeof noteAttendance
  | typeof showAgenda
  | typeof showAttendance
  | typeof writeAgenda
>

export const useParticipationWords = wordsOf('participation', messages)
export const useParticipationRefusals = refusalsOf<Code>('participation', messages)
