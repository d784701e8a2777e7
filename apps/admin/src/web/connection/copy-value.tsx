import { ActionButton, useTell } from '@copractice/ui'
import './connection.css'
import { useWords } from './say.ts'

/** A value that somebody carries to another form: shown whole, with a button that copies it. */
export function CopyValue({ label, value }: { label: string; value: string }) {
  const say = useWords()
  const tell = useTell()
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => tell({ text: say('tool.copied', { what: label }) }),
      () => tell({ text: say('tool.notCopied'), tone: 'bad' }),
    )
  return (
    <div className="copy-value">
      <span className="small muted">{label}</span>
      <div className="code-line">
        <code className="prewrap">{value}</code>
        <ActionButton weight="quiet" size="small" onClick={() => void copy()}>
          {say('tool.copy')}
          <span className="vh"> {label}</span>
        </ActionButton>
      </div>
    </div>
  )
}
