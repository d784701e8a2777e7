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
  const write = useSend(writePost, { refreshes: [listPosts, getCohortHome] })
  const post = async (draft: Autosave<string>) => {
    const body = draft.value.trim()
    if (!body) return tell({ text: say('answer.empty'), tone: 'bad' })
    await draft.flush()
    write.mutate(
      { params: { id: promptId }, body: { id: id.current, body, ...(parentId && { parentId }) } },
      {
        onSuccess: () => {
          id.current = PostId.parse(newId())
          draft.restart('')
          client.removeQueries({ queryKey: routeKey(getDraft, { params: { subject } }) })
          tell({ text: say('answer.sent') })
          onDone?.()
        },
      },
    )
  }
  return { post, isPending: write.isPending, problem: write.error?.problem }
}
