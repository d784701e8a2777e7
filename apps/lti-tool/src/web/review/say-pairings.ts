import type { RefusalCode } from '@copractice/core/kernel'
import type {
  attendanceRoute,
  changePairingRoute,
  PairingNote,
  PairingVerdict,
  repairRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-pairings.en.json' with { type: 'json' }

type Code = RefusalCode<typeof changePairingRoute | typeof repairRoute | typeof attendanceRoute>

export const usePairingWords = wordsOf('pairings', messages)
export const usePairingRefusals = refusalsOf<Code>('pairings', messages)

/** A verdict as sentences: why not, or that it may be and what that brings. */
export function useVerdict(): (verdict: PairingVerdict) => string {
  const say = usePairingWords()
  const note = (each: PairingNote) => {
    const { kind, ...figures } = each
    return say(`note.${kind}`, figures)
  }
  return (verdict) => (verdict.may ? [say('may'), ...verdict.notes.map(note)].join(' ') : say(`why.${verdict.why}`))
}
