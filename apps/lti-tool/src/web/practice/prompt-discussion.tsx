import { useState } from 'react'
import type { CohortHome } from '@copractice/core/cohort'
import { getCohortHome } from '@copractice/core/cohort'
import { listPosts, listPrompts, writePrompt, type PostSeen } from '@copractice/core/practice'
import { TextArea } from '@instructure/ui/v11_7'
import {
  ActionButton,
  EmptyState,
  ProblemNotice,
  ShowMore,
  usePages,
  useSend,
  useTell,
  useUiWords,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { DraftField } from './draft-field.tsx'
import { Post } from './post.tsx'
import { useWritePost } from './use-write-post.ts'
import { useRefusals, useWords } from './say.ts'
import './practice.css'

type Prompt = NonNullable<CohortHome['prompt']>

/** The week's question, what people answered, and one's own answer under way. */
export function PromptDiscussion({ prompt }: { prompt: Prompt | null }) {
  const say = useWords()
  const { can } = useSeen()
  if (!prompt) {
    return (
      <section aria-label={say('prompt.none')}>
        <EmptyState title={say('prompt.none')} icon="comment" action={can.writePrompt && <WritePrompt isFirst />}>
          {say('prompt.noneText')}
        </EmptyState>
      </section>
    )
  }
  return (
    <section aria-labelledby="h-prompt">
      <p className="eyebrow">{say('prompt.eyebrow', { name: prompt.author.name ?? say('post.noName') })}</p>
      <h2 id="h-prompt" className="prompt voice">
        {prompt.text}
      </h2>
      <Posts prompt={prompt} />
      {can.post ? <Answer prompt={prompt} /> : <p className="small muted">{say('readOnly')}</p>}
      {can.writePrompt && <WritePrompt />}
    </section>
  )
}

function Posts({ prompt }: { prompt: Prompt }) {
  const say = useWords()
  const refusals = useRefusals()
  const pages = usePages(listPosts, { params: { id: prompt.id } }, { first: prompt.posts, everyMs: 60_000 })
  const posts = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const repliesTo = Map.groupBy(
    posts.filter((post) => post.parentId !== null),
    (post) => post.parentId,
  )
  const isShown = (post: PostSeen) => post.removedAt === null || repliesTo.has(post.id)
  const roots = posts.filter((post) => post.parentId === null && isShown(post))
  return (
    <>
      {roots.length === 0 && <p className="muted">{say('posts.none')}</p>}
      {roots.map((post) => (
        <Post key={post.id} post={post} replies={(repliesTo.get(post.id) ?? []).filter(isShown)} promptId={prompt.id} />
      ))}
      {pages.error && (
        <ProblemNotice problem={pages.error.problem} sayRefusal={refusals} onRetry={() => void pages.refetch()} />
      )}
      {pages.hasNextPage && (
        <p className="more">
          <ShowMore of={pages}>{say('posts.more')}</ShowMore>
        </p>
      )}
    </>
  )
}

function Answer({ prompt }: { prompt: Prompt }) {
  const say = useWords()
  const refusals = useRefusals()
  const subject = `prompt:${prompt.id}`
  const writing = useWritePost(prompt.id, subject)
  return (
    <div className="compose">
      <DraftField subject={subject} label={say('answer.label')} id="answer">
        {(draft) => (
          <ActionButton isBusy={writing.isPending} onClick={() => void writing.post(draft)}>
            {say('answer.send')}
          </ActionButton>
        )}
      </DraftField>
      {writing.problem && <ProblemNotice problem={writing.problem} sayRefusal={refusals} />}
    </div>
  )
}

function WritePrompt({ isFirst = false }: { isFirst?: boolean }) {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState('')
  const write = useSend(writePrompt, {
    refreshes: [getCohortHome, listPrompts],
    onDone: () => {
      tell({ text: say('prompt.sent') })
      setIsOpen(false)
      setText('')
    },
  })
  if (!isOpen) {
    return (
      <p className="more">
        <ActionButton weight={isFirst ? 'primary' : 'quiet'} icon="plus" onClick={() => setIsOpen(true)}>
          {say(isFirst ? 'prompt.write' : 'prompt.writeNext')}
        </ActionButton>
      </p>
    )
  }
  return (
    <div className="compose stack">
      <TextArea
        label={say('prompt.field')}
        value={text}
        autoGrow
        onChange={(event) => setText(event.target.value)}
        messages={[{ type: 'hint', text: say('prompt.hint') }]}
      />
      {write.error && <ProblemNotice problem={write.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton
          isBusy={write.isPending}
          isDisabled={!text.trim()}
          onClick={() => write.mutate({ body: { text: text.trim() } })}
        >
          {say('prompt.send')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={() => setIsOpen(false)}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </div>
  )
}
