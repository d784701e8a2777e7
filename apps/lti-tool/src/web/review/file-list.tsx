import { useEffect, useId, useRef, useState, type DragEvent } from 'react'
import type { UploadId } from '@copractice/core/kernel'
import type { WorkFile } from '@copractice/core/review'
import { Notice, useSayProblem, useTell, type CallProblem } from '@copractice/ui'
import { useFileRefusals, useFileWords } from './say-files.ts'
import { useFileQueue, type FileOnWay } from './use-file-queue.ts'
import { FileLink } from './work-text.tsx'

const KINDS = '.pdf,.docx,.odt,.txt,.md,.png,.jpg,.jpeg'

/** Null when it is done, or what stands against it. Settles once the list on screen is the new one. */
type Done = Promise<CallProblem | null>
export type FileActions = Readonly<{
  attach: (form: FormData, onProgress: (share: number) => void) => Done
  remove: (uploadId: UploadId) => Done
  order: (order: UploadId[]) => Done
}>

/** The files of something, to add to, take out and put in order, with a pointer or the keyboard alone. */
export function FileList(props: { files: readonly WorkFile[]; filesAtMost: number; actions: FileActions }) {
  const { files, filesAtMost, actions } = props
  const say = useFileWords()
  const sayProblem = useSayProblem(useFileRefusals())
  const tell = useTell()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  // Where the keyboard goes on when the list has changed under it.
  const next = useRef<string | null>(null)
  useEffect(() => {
    if (next.current === null) return
    const target = document.getElementById(next.current) ?? input.current
    next.current = null
    target?.focus()
  })

  const queue = useFileQueue(async (file, onShare) => {
    const form = new FormData()
    form.set('file', file)
    const refused = await actions.attach(form, onShare)
    if (!refused) tell({ text: say('added', { name: file.name }) })
    return refused && sayProblem(refused)
  })
  const pick = (chosen: readonly File[]) => {
    setProblem('')
    queue.add(chosen)
    if (input.current) input.current.value = ''
  }
  const change = async (done: Done, focus: string, told: string, name: string) => {
    setIsBusy(true)
    setProblem('')
    const refused = await done
    if (!refused) next.current = focus
    setIsBusy(false)
    if (!refused) return tell({ text: told })
    setProblem(say('failed', { name, why: sayProblem(refused) }))
  }
  const buttonId = (what: string, file: WorkFile | undefined) => `${id}-${what}-${file?.uploadId}`
  const move = (from: number, to: number, what: 'up' | 'down') => {
    const file = files[from]!
    const order = files.map(({ uploadId }) => uploadId)
    order.splice(to, 0, ...order.splice(from, 1))
    const told = say('moved', { name: file.name, place: to + 1, count: files.length })
    void change(actions.order(order), buttonId(what, file), told, file.name)
  }
  const remove = (at: number) => {
    const file = files[at]!
    const neighbour = files[at + 1] ?? files[at - 1]
    const told = say('removed', { name: file.name })
    void change(actions.remove(file.uploadId), buttonId('remove', neighbour), told, file.name)
  }
  const isFull = files.length + queue.onWay.filter(({ state }) => state !== 'failed').length >= filesAtMost
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    pick([...event.dataTransfer.files])
  }
  const edges = { up: 0, down: files.length - 1 } as const
  return (
    <div className="field files" role="group" aria-labelledby={`${id}-label`}>
      <p className="label" id={`${id}-label`}>
        {say('files')}
      </p>
      <ol className="file-links">
        {files.map((file, at) => (
          <li key={file.uploadId} className="row">
            <FileLink file={file} />
            {files.length > 1 &&
              (['up', 'down'] as const).map((what) => (
                <button
                  key={what}
                  id={buttonId(what, file)}
                  type="button"
                  className="btn btn-text small"
                  aria-disabled={isBusy || at === edges[what]}
                  onClick={() => !isBusy && at !== edges[what] && move(at, what === 'up' ? at - 1 : at + 1, what)}
                >
                  {say(what)} <span className="vh">{file.name}</span>
                </button>
              ))}
            <button
              id={buttonId('remove', file)}
              type="button"
              className="btn btn-text small"
              aria-disabled={isBusy}
              onClick={() => !isBusy && remove(at)}
            >
              {say('remove')} <span className="vh">{file.name}</span>
            </button>
          </li>
        ))}
      </ol>
      {queue.onWay.map((one) => (
        <OnWay key={one.id} one={one} onAgain={() => queue.again(one)} onLeaveOut={() => queue.leaveOut(one.id)} />
      ))}
      <div className="row file-drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <label className="btn btn-secondary file-pick" data-disabled={isFull || undefined}>
          <span>{say('add', { count: filesAtMost })}</span>
          <input
            ref={input}
            type="file"
            accept={KINDS}
            multiple={filesAtMost > 1}
            disabled={isFull}
            aria-describedby={`${id}-hint`}
            onChange={(event) => pick([...(event.target.files ?? [])])}
          />
        </label>
        {!isFull && <span className="small muted only-pointer">{say('drop')}</span>}
      </div>
      <p className="hint" id={`${id}-hint`}>
        {isFull && files.length >= filesAtMost
          ? say('full', { most: filesAtMost })
          : say(filesAtMost > 1 ? 'hint' : 'hintOne', { most: filesAtMost })}
        {files.length > 1 && ` ${say('count', { count: files.length, most: filesAtMost, size: megabytesOf(files) })}`}
      </p>
      {problem && (
        <Notice tone="bad" live>
          {problem}
        </Notice>
      )}
    </div>
  )
}

const megabytesOf = (files: readonly WorkFile[]): number =>
  Math.max(0.1, Math.round((files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024) * 10) / 10)

/** One file on its way: waiting, its progress, or why it was not taken. */
function OnWay({ one, onAgain, onLeaveOut }: { one: FileOnWay; onAgain: () => void; onLeaveOut: () => void }) {
  const say = useFileWords()
  const { file, state, share, why } = one
  const { name } = file
  if (state === 'failed')
    return (
      <Notice tone="bad" live>
        <p>{say('failed', { name, why })}</p>
        <p className="row">
          <button type="button" className="btn btn-text small" onClick={onAgain}>
            {say('again')} <span className="vh">{name}</span>
          </button>
          <button type="button" className="btn btn-text small" onClick={onLeaveOut}>
            {say('dismiss')} <span className="vh">{name}</span>
          </button>
        </p>
      </Notice>
    )
  const text =
    state === 'waiting'
      ? say('waiting', { name })
      : share < 1
        ? say('sending', { name, percent: Math.round(share * 100) })
        : say('checking', { name })
  return (
    <p className="on-way">
      <span className="small">{text}</span>
      <progress max={1} value={state === 'waiting' ? 0 : share} aria-label={text} />
    </p>
  )
}
