import { buffer } from 'node:stream/consumers'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Result, type RoundId, type RouteOutput } from '@copractice/core/kernel'
import { findTraces, reviewerMayKnowAuthor, type tracesRoute } from '@copractice/core/review'
import { findWork, listAuthorsOfWorks, listKnownOf, listVersions, type StoredFile } from '@copractice/store/review'
import { readTextApart } from './clean/clean-apart.ts'
import { roundSeenBy, type NotFound } from './find-round.ts'
import type { FileDeps } from './keep-file.ts'
import type { NotParticipant } from './read-reviews.ts'

type Traces = RouteOutput<typeof tracesRoute>

/** Looks in one's own work, or the revision being written, for what tells its reviewers who wrote it. */
export async function findOwnTraces(
  { db, storage }: FileDeps,
  actor: Actor,
  { roundId, of }: Readonly<{ roundId: RoundId; of: 'work' | 'revision' }>,
): Promise<Result<Traces, NotFound | NotParticipant>> {
  const { networkId, personId: authorId } = actor
  const seen = await roundSeenBy(db, actor, roundId)
  if (!seen.ok) return seen
  const { round, viewer } = seen.value
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  const nothing = { traces: [], unreadFiles: [] }
  if (reviewerMayKnowAuthor(round.anonymity)) return ok({ isAsked: false, ...nothing })
  const work = await findWork(db, { networkId, roundId, authorId })
  if (!work) return ok({ isAsked: true, ...nothing })
  const versions = (await listVersions(db, networkId, [work.submissionId])).get(work.submissionId)
  const text = of === 'work' ? work : versions?.find(({ handedInAt }) => handedInAt === null)
  if (!text) return ok({ isAsked: true, ...nothing })

  const authors = (await listAuthorsOfWorks(db, networkId, [work.submissionId])).get(work.submissionId) ?? []
  const known = await listKnownOf(db, networkId, round.cohortId, [...new Set([authorId, ...authors])])
  const read: { name: string; words: string | null }[] = []
  for (const file of text.files) read.push({ name: file.fileName, words: await textOfFile(storage, authorId, file) })
  const link = typeof text.link === 'string' ? text.link : (text.link?.url ?? '')
  return ok({
    isAsked: true,
    traces: [
      ...findTraces(`${text.body}\n${link}`, known).map((trace) => ({ ...trace, file: null })),
      ...read.flatMap(({ name, words }) => findTraces(words ?? '', known).map((trace) => ({ ...trace, file: name }))),
    ],
    unreadFiles: read.flatMap(({ name, words }) => (words === null ? name : [])),
  })
}

async function textOfFile(storage: FileDeps['storage'], personId: string, file: StoredFile): Promise<string | null> {
  const read = async () => buffer(await storage.open(file.storageKey))
  return readTextApart({ mediaType: file.mediaType, personId, read })
}
