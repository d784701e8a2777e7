import { downloadRoute, type WorkFile } from '@copractice/core/review'
import { ActionButton, saveFile, useCall, useSayProblem, useTell } from '@copractice/ui'
import { LinkOfWork } from './work-sources.tsx'
import { useRefusals, useWords } from './say.ts'

/** Someone's work to read: their words in the serif, one paragraph for each line, the files and the link if there are any. */
export function WorkText(props: { body: string; files: readonly WorkFile[]; link: string | null }) {
  const { body, files, link } = props
  const say = useWords()
  const paragraphs = body.split(/\n+/).filter((line) => line.trim())
  return (
    <div className="work-text">
      {paragraphs.length === 0 && !link && files.length === 0 && <p className="muted">{say('write.noText')}</p>}
      {paragraphs.map((paragraph, place) => (
        <p key={place} className="voice">
          {paragraph}
        </p>
      ))}
      <FileLinks files={files} />
      {link && <LinkOfWork url={link} />}
    </div>
  )
}

/** The files in their author's order; nothing where there are none. */
export function FileLinks({ files }: { files: readonly WorkFile[] }) {
  const say = useWords()
  if (files.length === 0) return null
  return (
    <ol className="file-links" aria-label={say('files.label')}>
      {files.map((file) => (
        <li key={file.uploadId}>
          <FileLink file={file} />
        </li>
      ))}
    </ol>
  )
}

/** Fetches the file with the session in a header, and hands it over. */
export function FileLink({ file: { uploadId, name, bytes } }: { file: WorkFile }) {
  const say = useWords()
  const sayProblem = useSayProblem(useRefusals())
  const call = useCall()
  const tell = useTell()
  const fetchFile = async () => {
    const answer = await call.blob(downloadRoute, { params: { uploadId } })
    if (answer.ok) saveFile(answer.value, name)
    else tell({ text: sayProblem(answer.problem), tone: 'bad' })
  }
  return (
    <ActionButton weight="secondary" size="small" icon="document" onClick={() => void fetchFile()}>
      {say('file.download', { name })} ({say('file.size', { size: Math.max(1, Math.round(bytes / 1024)) })})
    </ActionButton>
  )
}
