import { useWords } from './say.ts'

/** Counts, hours and terms as the report writes them; a hidden count says so. */
export function useSpell() {
  const say = useWords()
  return {
    count: (count: number | null): string => (count === null ? say('hidden') : count.toLocaleString('en')),
    hours: (minutes: number | null): string =>
      minutes === null ? say('hidden') : (Math.round(minutes / 6) / 10).toLocaleString('en'),
    term: (key: string): string => {
      const [term, year] = key.split('-') as ['spring' | 'summer' | 'fall', string]
      return say(`term.${term}`, { year })
    },
  }
}
