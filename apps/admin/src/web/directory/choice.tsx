/** A labelled native choice: long lists such as time zones stay quick to type into. */
export function Choice(props: {
  id: string
  label: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string) => void
  error?: string
}) {
  const { id, label, value, options, onChange, error } = props
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        className="input"
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {error && (
        <p className="hint hint-bad" id={`${id}-hint`}>
          {error}
        </p>
      )}
    </div>
  )
}
