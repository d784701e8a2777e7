import type { RefusalCode } from '@copractice/core/kernel'
import type {
  attachExemplarFileRoute,
  attachFileRoute,
  attachRevisionFileRoute,
  orderExemplarFilesRoute,
  orderFilesRoute,
  orderRevisionFilesRoute,
  removeExemplarFileRoute,
  removeFileRoute,
  removeRevisionFileRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-files.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof attachExemplarFileRoute
  | typeof attachFileRoute
  | typeof attachRevisionFileRoute
  | typeof orderExemplarFilesRoute
  | typeof orderFilesRoute
  | typeof orderRevisionFilesRoute
  | typeof removeExemplarFileRoute
  | typeof removeFileRoute
  | typeof removeRevisionFileRoute
>

/** Words of attaching files, to whatever they belong. */
export const useFileWords = wordsOf('files', messages)
export const useFileRefusals = refusalsOf<Code>('files', messages)
