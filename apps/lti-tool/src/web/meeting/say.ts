import type { RefusalCode } from '@copractice/core/kernel'
import type {
  answerMeeting,
  cancelMeeting,
  changeMeeting,
  getMeetingCalendar,
  listMeetings,
  planMeeting,
} from '@copractice/core/meeting'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof answerMeeting
  | typeof cancelMeeting
  | typeof changeMeeting
  | typeof getMeetingCalendar
  | typeof listMeetings
  | typeof planMeeting
>

export const useWords = wordsOf('meeting', messages)
export const useRefusals = refusalsOf<Code>('meeting', messages)
