import { useEffect, useRef, useState } from 'react'
import {
  DraftMeanwhile,
  mergeDrafts,
  saveDraft,
  type DraftConflict,
  type ProposalBody,
  type ProposalFinding,
  type ProposalShown,
} from '@copractice/core/proposal'
import type { InstitutionId } from '@copractice/core/kernel'
import { drop, isPassing, keep, kept, useCall, type SaveStatus } from '@copractice/ui'

const WAIT_MS = 900
const RETRY_MS = 5000

export type SharedDraft = Readonly<{ body: ProposalBody; hosts: readonly InstitutionId[] }>
type Base = Readonly<{ version: number; draft: SharedDraft }>
type Conflict = DraftConflict & Readonly<{ by: string | null }>

const draftOf = ({ body, hosts }: ProposalShown): SharedDraft => ({ body, hosts: hosts.map(({ id }) => id) })

/**
 * A draft that several people write at once. What one types is saved after a pause, on the version that was seen; when
 * somebody saved meanwhile, both are joined field by field. A field that both changed stays theirs on the server and mine
 * on screen until the writer decides. Unsaved words are kept in this browser too.
 */
export function useSharedDraft(shown: ProposalShown, keepAs: string, sayRefusal: (code: string) => string) {
  const call = useCall()
  const key = `copractice.draft:proposal:${keepAs}:${shown.id}`
  const [first] = useState(() => (kept(key) as { base: Base; draft: SharedDraft } | undefined) ?? null)
  const [draft, setDraft] = useState<SharedDraft>(first?.draft ?? draftOf(shown))
  const [status, setStatus] = useState<SaveStatus>({ kind: 'saved', at: shown.savedAt })
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([])
  const [findings, setFindings] = useState<readonly ProposalFinding[]>(shown.findings)
  const base = useRef<Base>(first?.base ?? { version: shown.version, draft: draftOf(shown) })
  const mine = useRef(draft)
  const open = useRef<readonly Conflict[]>([])
  const isDirty = useRef(first !== null)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const put = (next: SharedDraft) => {
    mine.current = next
    setDraft(next)
  }
  const setOpen = (next: readonly Conflict[]) => {
    open.current = next
    setConflicts(next)
  }

  /** What goes to the server: mine, and theirs in the fields that are not settled yet. */
  const outgoing = (): SharedDraft => {
    const body = { ...mine.current.body } as Record<string, unknown>
    let { hosts } = mine.current
    for (const conflict of open.current)
      if (conflict.key === 'hosts') hosts = base.current.draft.hosts
      else body[conflict.key] = base.current.draft.body[conflict.key]
    return { body: body as ProposalBody, hosts }
  }

  const attempt = async (): Promise<void> => {
    clearTimeout(timer.current)
    if (!isDirty.current) return
    const seen = mine.current
    const sent = outgoing()
    setStatus({ kind: 'saving' })
    const given = { basedOn: base.current.version, body: sent.body, hosts: [...sent.hosts] }
    const answer = await call(saveDraft, { params: { proposalId: shown.id }, body: given })
    if (answer.ok) {
      base.current = { version: answer.value.version, draft: sent }
      setFindings(answer.value.findings)
      if (mine.current !== seen) return
      isDirty.current = open.current.length > 0
      if (!isDirty.current) drop(key)
      setStatus(isDirty.current ? { kind: 'conflict' } : { kind: 'saved', at: answer.value.savedAt })
      return
    }
    const { code, facts } = answer.problem
    const meanwhile = code === 'proposal.changed_meanwhile' ? DraftMeanwhile.safeDecode(facts as never) : null
    if (meanwhile?.success) {
      const { version, savedByName, body, hosts } = meanwhile.data
      const joined = mergeDrafts(base.current.draft, mine.current, { body, hosts })
      base.current = { version, draft: { body, hosts } }
      put({ body: joined.body, hosts: joined.hosts as InstitutionId[] })
      setOpen(joined.conflicts.map((conflict) => ({ ...conflict, by: savedByName })))
      return attempt()
    }
    if (isPassing(answer.problem)) {
      setStatus({ kind: 'offline', isKept: kept(key) !== undefined, isEnded: code === 'session.ended' })
      timer.current = setTimeout(() => void flush(), RETRY_MS)
    } else setStatus({ kind: 'refused', because: sayRefusal(code) })
  }
  const flush = (): Promise<unknown> => (queue.current = queue.current.then(attempt))
  const flushing = useRef(flush)
  useEffect(() => {
    flushing.current = flush
  })

  const change = (next: SharedDraft) => {
    isDirty.current = true
    put(next)
    keep(key, { base: base.current, draft: next })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flushing.current(), WAIT_MS)
  }

  // Somebody else saved, and nothing of mine waits: theirs is what stands.
  useEffect(() => {
    if (shown.version <= base.current.version || isDirty.current) return
    const theirs = draftOf(shown)
    base.current = { version: shown.version, draft: theirs }
    mine.current = theirs
    setDraft(theirs)
    setFindings(shown.findings)
    setStatus({ kind: 'saved', at: shown.savedAt })
  }, [shown])
  // The same words are judged anew when somebody who was invited opens them.
  useEffect(() => {
    if (shown.version === base.current.version && !isDirty.current) setFindings(shown.findings)
  }, [shown])

  useEffect(() => {
    if (isDirty.current) void flushing.current()
    return () => void flushing.current().finally(() => clearTimeout(timer.current))
  }, [])

  const settle = (conflict: DraftConflict, value: unknown) => {
    setOpen(open.current.filter(({ key: other }) => other !== conflict.key))
    const { body, hosts } = mine.current
    change(
      conflict.key === 'hosts'
        ? { body, hosts: value as InstitutionId[] }
        : { body: { ...body, [conflict.key]: value }, hosts },
    )
  }

  return {
    body: draft.body,
    hosts: draft.hosts,
    status,
    conflicts,
    findings,
    /** Saves what waits; gives the version that the server has then. */
    flush: async () => {
      await flush()
      return { version: base.current.version, isSaved: !isDirty.current }
    },
    set: (part: Partial<ProposalBody>) => change({ ...mine.current, body: { ...mine.current.body, ...part } }),
    setHosts: (hosts: readonly InstitutionId[]) => change({ ...mine.current, hosts }),
    settle,
  }
}
export type Writing = ReturnType<typeof useSharedDraft>
