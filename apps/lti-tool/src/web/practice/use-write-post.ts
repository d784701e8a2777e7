import { useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { getCohortHome } from '@copractice/core/cohort'
import { PostId, type PromptId } from '@copractice/core/kernel'
import { getDraft, listPosts, writePost } from '@copractice/core/practice'
import { newId, routeKey, useSend, useTell, type Autosave } from '@copractice/ui'
import { useWords } from './say.ts'

/** Posts what a draft field holds: once, however often the button is pressed on a broken line. */
export function useWritePost(promptId: PromptId, subject: string, parentId?: PostId, onDone?: () => void) {
  const say = useWords()
  const tell = useTell()
  const client = useQueryClient()
  const id = useRef(PostId.parse(newId()))
  const sent = useRef<Autosave<string>>(null)
  const write = useSend(writePost, {
    refreshes: [listPosts, getCohortHome],
    onDone: () => {
      id.current = PostId.parse(newId())
      sent.current?.restart('')
      client.removeQueries({ queryKey: routeKey(getDraft, { params: { subject } }) })
      tell({ text: say('answer.sent') })
      onDone?.()
    },
  })
  const post = async (draft: Autosave<string>) => {
    const body = draft.value.trim()
    if (!body) return tell({ text: say('answer.empty'), tone: 'bad' })
    await draft.flush()
    sent.current = draft
    write.mutate({ params: { id: promptId }, body: { id: id.current, body, ...(parentId && { parentId }) } })
  }
  return { post, isPending: write.isPending, problem: write.error?.problem }
}
