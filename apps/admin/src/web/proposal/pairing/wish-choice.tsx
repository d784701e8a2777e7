import { useId } from 'react'
import { usePairingWords } from './say-pairing.ts'

type Wish = -1 | 1 | 2 | null
const WISHES = [2, 1, -1] as const

/** How gladly somebody would, as a choice of words; `about` names what for. */
export function WishChoice({ about, wish, onChange }: { about: string; wish: Wish; onChange: (wish: Wish) => void }) {
  const say = usePairingWords()
  const id = useId()
  return (
    <select
      id={id}
      className="input"
      aria-label={say('wish.of', { what: about })}
      value={wish === null ? '' : String(wish)}
      onChange={(event) => onChange(event.target.value ? (Number(event.target.value) as Wish) : null)}
    >
      <option value="">{say('wish.none')}</option>
      {WISHES.map((one) => (
        <option key={one} value={one}>
          {say(`wish.${one}`)}
        </option>
      ))}
    </select>
  )
}
