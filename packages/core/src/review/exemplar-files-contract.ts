import { route } from '../kernel/route.ts'
import { UploadId } from '../kernel/ids.ts'
import { exemplarParams, exemplars } from './exemplar-contract.ts'
import { run } from './round-path.ts'
import { FileOrder, fileRefusals } from './work-contract.ts'

const changing = [...run, 'review.wrong_phase', 'exemplar.marked'] as const

/** multipart/form-data with one part `file`, as for work. While nobody has sent a marking of the exemplar. */
export const attachExemplarFileRoute = route({
  method: 'POST',
  path: '/api/exemplars/:exemplarId/files',
  params: exemplarParams,
  response: exemplars,
  refusals: [...changing, ...fileRefusals],
})

export const removeExemplarFileRoute = route({
  method: 'DELETE',
  path: '/api/exemplars/:exemplarId/files/:uploadId',
  params: exemplarParams.extend({ uploadId: UploadId }),
  response: exemplars,
  refusals: [...changing, 'upload.not_found'],
})

export const orderExemplarFilesRoute = route({
  method: 'PUT',
  path: '/api/exemplars/:exemplarId/files',
  params: exemplarParams,
  body: FileOrder,
  response: exemplars,
  refusals: [...changing, 'upload.order_differs'],
})
