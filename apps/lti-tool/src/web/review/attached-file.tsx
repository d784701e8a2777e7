import { useId, useRef } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import { attachFileRoute, removeFileRoute, type MyWork, type WorkFile } from '@copractice/core/review'
import { ActionButton, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { FileLink } from './work-text.tsx'
import { workRefreshes } from './round-refreshes.ts'
import { useRefusals, useWords } from './say.ts'

const KINDS = '.pdf,.docx,.odt,.txt,.md,.png,.jpg,.jpeg'

/** The one file of a work. The text is saved first, because attaching makes a new version of the whole. */
export function AttachedFile(props: {
  roundId: RoundId
  file: WorkFile | null
  beforeChange: () => Promise<boolean>
  onChanged: (savedAt: Date) => void
}) {
  const { roundId, file, beforeChange, onChanged } = props
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const input = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const changed = (work: MyWork, text: string) => {
    onChanged(work.savedAt)
    tell({ text })
  }
  const attach = useSend(attachFileRoute, {
    refreshes: workRefreshes,
    onDone: (work) => changed(work, say('work.attached', { name: work.file?.name ?? '' })),
  })
  const remove = useSend(removeFileRoute, {
    refreshes: workRefreshes,
    onDone: (work) => changed(work, say('work.fileRemoved')),
  })
  const onFile = async (chosen: File | undefined) => {
    if (!chosen) return
    await beforeChange()
    const form = new FormData()
    form.set('file', chosen)
    attach.mutate({ params: { roundId }, form })
    if (input.current) input.current.value = ''
  }
  const problem = attach.error?.problem ?? remove.error?.problem
  return (
    <div className="field">
      <p className="label">{say('work.file')}</p>
      {file && (
        <p className="row">
          <FileLink file={file} />
          <ActionButton
            weight="quiet"
            size="small"
            isBusy={remove.isPending}
            onClick={() => remove.mutate({ params: { roundId } })}
          >
            {say('work.removeFile', { name: file.name })}
          </ActionButton>
        </p>
      )}
      <label className="btn btn-quiet file-pick">
        <span>{say(attach.isPending ? 'work.uploading' : file ? 'work.replace' : 'work.attach')}</span>
        <input
          ref={input}
          type="file"
          accept={KINDS}
          disabled={attach.isPending}
          aria-describedby={hintId}
          onChange={(event) => void onFile(event.target.files?.[0])}
        />
      </label>
      <p className="hint" id={hintId}>
        {say('work.fileHint')}
      </p>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
    </div>
  )
}
