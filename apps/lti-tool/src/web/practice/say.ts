import type { RefusalCode } from '@copractice/core/kernel'
import type {
  editPost,
  listPosts,
  listPrompts,
  removePost,
  restorePost,
  saveDraft,
  writePost,
  writePrompt,
} from '@copractice/core/practice'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof editPost
  | typeof listPosts
  | typeof listPrompts
  | typeof removePost
  | typeof restorePost
  | typeof saveDraft
  | typeof writePost
  | typeof writePrompt
>

export const useWords = wordsOf('practice', messages)
export const useRefusals = refusalsOf<Code>('practice', messages)
