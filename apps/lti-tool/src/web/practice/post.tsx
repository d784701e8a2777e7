import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { getCohortHome } from '@copractice/core/cohort'
import type { PromptId } from '@copractice/core/kernel'
import { editPost, getDraft, listPosts, removePost, restorePost, type PostSeen } from '@copractice/core/practice'
import {
  ActionButton,
  LetterBadge,
  ProblemNotice,
  routeKey,
  TextButton,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
  useUiWords,
  type Autosave,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { DraftField } from './draft-field.tsx'
import { useWritePost } from './use-write-post.ts'
import { useRefusals, useWords } from './say.ts'

const refreshes = [listPosts, getCohortHome]

/** One post with its replies. Who, from where and when, then their words in the serif. */
export function Post(props: { post: PostSeen; replies: readonly PostSeen[]; promptId: PromptId }) {
  const { post, replies, promptId } = props
  const say = useWords()
  const { can } = useSeen()
  const [isOpen, setIsOpen] = useState<'reply' | 'edit' | null>(null)
  const name = post.author?.name ?? say('post.noName')
  const close = () => setIsOpen(null)
  const isGone = post.removedAt !== null
  return (
    <article className="post" aria-label={isGone ? say('post.gone') : name}>
      {isGone ? <p className="muted">{say('post.gone')}</p> : <Head post={post} name={name} />}
      {isOpen === 'edit' ? (
        <EditPost post={post} onClose={close} />
      ) : (
        !isGone && <p className="voice said">{post.body}</p>
      )}
      {isOpen === null && !isGone && (
        <p className="row">
          {can.post && post.parentId === null && (
            <TextButton onClick={() => setIsOpen('reply')} about={say('post.replyTo', { name })}>
              {say('post.reply')}
            </TextButton>
          )}
          {post.isMine && <Own post={post} onEdit={() => setIsOpen('edit')} />}
        </p>
      )}
      {(replies.length > 0 || isOpen === 'reply') && (
        <div className="reply">
          {replies.map((reply) => (
            <Post key={reply.id} post={reply} replies={[]} promptId={promptId} />
          ))}
          {isOpen === 'reply' && <ReplyForm post={post} promptId={promptId} name={name} onClose={close} />}
        </div>
      )}
    </article>
  )
}

function Head({ post: { author, postedAt, editedAt }, name }: { post: PostSeen; name: string }) {
  const say = useWords()
  const times = useTimes()
  const when = times.moment(postedAt)
  return (
    <header className="row">
      <span className="row tight">
        <LetterBadge mark={author?.campus ?? null} />
        <strong>{name}</strong>
      </span>
      <span className="small muted">
        {author?.campus ? say('post.meta', { campus: author.campus.name, when }) : when}
        {editedAt && `, ${say('post.edited')}`}
      </span>
    </header>
  )
}

function Own({ post: { id }, onEdit }: { post: PostSeen; onEdit: () => void }) {
  const say = useWords()
  const sayProblem = useSayProblem(useRefusals())
  const tell = useTell()
  const restore = useSend(restorePost, { refreshes, onDone: () => tell({ text: say('post.restored') }) })
  const undo = () =>
    restore.mutate({ params: { id } }, { onError: ({ problem }) => tell({ text: sayProblem(problem), tone: 'bad' }) })
  const remove = useSend(removePost, { refreshes, onDone: () => tell({ text: say('post.removed'), undo }) })
  return (
    <>
      <TextButton onClick={onEdit} about={say('post.mine')}>
        {say('post.edit')}
      </TextButton>
      <TextButton
        about={say('post.mine')}
        onClick={() =>
          remove.mutate(
            { params: { id } },
            { onError: ({ problem }) => tell({ text: sayProblem(problem), tone: 'bad' }) },
          )
        }
      >
        {say('post.remove')}
      </TextButton>
    </>
  )
}

function ReplyForm(props: { post: PostSeen; promptId: PromptId; name: string; onClose: () => void }) {
  const { post, promptId, name, onClose } = props
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const subject = `reply:${post.id}`
  const writing = useWritePost(promptId, subject, post.id, onClose)
  return (
    <div className="compose">
      <DraftField subject={subject} label={say('reply.label', { name })} autoFocus>
        {(draft) => (
          <>
            <ActionButton weight="quiet" onClick={onClose}>
              {ui('close')}
            </ActionButton>
            <ActionButton isBusy={writing.isPending} onClick={() => void writing.post(draft)}>
              {say('reply.send')}
            </ActionButton>
          </>
        )}
      </DraftField>
      {writing.problem && <ProblemNotice problem={writing.problem} sayRefusal={refusals} />}
    </div>
  )
}

function EditPost({ post: { id, body }, onClose }: { post: PostSeen; onClose: () => void }) {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const client = useQueryClient()
  const subject = `post:${id}`
  const sent = useRef<Autosave<string>>(null)
  const edit = useSend(editPost, {
    refreshes,
    onDone: () => {
      sent.current?.restart('')
      client.removeQueries({ queryKey: routeKey(getDraft, { params: { subject } }) })
      onClose()
    },
  })
  const save = (draft: Autosave<string>) => {
    sent.current = draft
    edit.mutate({ params: { id }, body: { body: draft.value.trim() } })
  }
  return (
    <div className="compose">
      <DraftField subject={subject} label={say('post.editLabel')} otherwise={body ?? ''} autoFocus>
        {(draft) => (
          <>
            <ActionButton
              weight="quiet"
              onClick={() => {
                draft.change('')
                void draft.flush()
                onClose()
              }}
            >
              {ui('cancel')}
            </ActionButton>
            <ActionButton isBusy={edit.isPending} onClick={() => save(draft)}>
              {say('post.saveEdit')}
            </ActionButton>
          </>
        )}
      </DraftField>
      {edit.error && <ProblemNotice problem={edit.error.problem} sayRefusal={refusals} />}
    </div>
  )
}
