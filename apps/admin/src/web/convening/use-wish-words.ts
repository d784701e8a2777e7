import { useWords as usePlacementWords } from './board/say.ts'

/** The words that ask what somebody wishes for in a cohort. */
export function useWishWords(timeZone: string) {
  const say = usePlacementWords()
  return {
    slots: say('wish.slots'),
    slotsHint: say('wish.slotsHint', { zone: timeZone.replaceAll('_', ' ') }),
    languages: say('wish.languages'),
    canChair: say('wish.canChair'),
  }
}
