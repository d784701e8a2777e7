import {
  attachExemplarFileRoute,
  attachFileRoute,
  attachRevisionFileRoute,
  listExemplarsRoute,
  orderExemplarFilesRoute,
  orderFilesRoute,
  orderRevisionFilesRoute,
  removeExemplarFileRoute,
  removeFileRoute,
  removeRevisionFileRoute,
  versionsRoute,
  type ExemplarListed,
  type MyWork,
  type RevisionWritten,
  type RoundDetail,
  type WorkFile,
} from '@copractice/core/review'
import { CallFailed, useSend, type CallProblem } from '@copractice/ui'
import { FileList } from './file-list.tsx'
import { workRefreshes } from './round-refreshes.ts'

/** What stands against it, rather than a throw. */
const problemOf = (sent: Promise<unknown>): Promise<CallProblem | null> =>
  sent.then(
    () => null,
    (error: unknown) => {
      if (error instanceof CallFailed) return error.problem
      throw error
    },
  )

/** The files of a work. The text is saved first where there is none yet, so that the two begin as one. */
export function WorkFiles(props: {
  round: RoundDetail
  beforeChange: () => Promise<boolean>
  onChanged: (work: MyWork) => void
}) {
  const { round, beforeChange, onChanged } = props
  const { roundId, myWork, plan } = round
  const params = { roundId }
  const options = { refreshes: workRefreshes, onDone: onChanged }
  const attach = useSend(attachFileRoute, options)
  const remove = useSend(removeFileRoute, options)
  const order = useSend(orderFilesRoute, options)
  return (
    <FileList
      files={myWork?.files ?? []}
      filesAtMost={plan.filesAtMost}
      actions={{
        attach: (form, onProgress) =>
          problemOf(beforeChange().then(() => attach.mutateAsync({ params, form, onProgress }))),
        remove: (uploadId) => problemOf(remove.mutateAsync({ params: { roundId, uploadId } })),
        order: (wanted) => problemOf(order.mutateAsync({ params, body: { order: wanted } })),
      }}
    />
  )
}

/** The files of a revision, which begins as a copy of the version before. */
export function RevisionFiles(props: {
  round: RoundDetail
  files: readonly WorkFile[]
  beforeChange: () => Promise<boolean>
  onChanged: (written: RevisionWritten) => void
}) {
  const { round, files, beforeChange, onChanged } = props
  const { roundId, plan } = round
  const params = { roundId }
  const options = { refreshes: [versionsRoute], onDone: onChanged }
  const attach = useSend(attachRevisionFileRoute, options)
  const remove = useSend(removeRevisionFileRoute, options)
  const order = useSend(orderRevisionFilesRoute, options)
  return (
    <FileList
      files={files}
      filesAtMost={plan.filesAtMost}
      actions={{
        attach: (form, onProgress) =>
          problemOf(beforeChange().then(() => attach.mutateAsync({ params, form, onProgress }))),
        remove: (uploadId) =>
          problemOf(beforeChange().then(() => remove.mutateAsync({ params: { roundId, uploadId } }))),
        order: (wanted) => problemOf(beforeChange().then(() => order.mutateAsync({ params, body: { order: wanted } }))),
      }}
    />
  )
}

/** The files of an exemplar, while nobody has sent a marking of it. */
export function ExemplarFiles({ exemplar, filesAtMost }: { exemplar: ExemplarListed; filesAtMost: number }) {
  const { exemplarId, files } = exemplar
  const params = { exemplarId }
  const options = { refreshes: [listExemplarsRoute] }
  const attach = useSend(attachExemplarFileRoute, options)
  const remove = useSend(removeExemplarFileRoute, options)
  const order = useSend(orderExemplarFilesRoute, options)
  return (
    <FileList
      files={files}
      filesAtMost={filesAtMost}
      actions={{
        attach: (form, onProgress) => problemOf(attach.mutateAsync({ params, form, onProgress })),
        remove: (uploadId) => problemOf(remove.mutateAsync({ params: { exemplarId, uploadId } })),
        order: (wanted) => problemOf(order.mutateAsync({ params, body: { order: wanted } })),
      }}
    />
  )
}
