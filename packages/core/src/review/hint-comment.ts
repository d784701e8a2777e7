import { countWords } from './count-words.ts'

/** What a comment could do with more of. Shown to its writer alone, never graded, and dismissed with a word. */
export type CommentHint =
  | 'too_short'
  | 'only_praise'
  | 'points_at_nothing'
  | 'nothing_to_try'
  | 'shouting'
  | 'hard_words'
export type HintedComment = Readonly<{
  isSpecific: boolean
  isKind: boolean
  isUseful: boolean
  hints: readonly CommentHint[]
}>

const WORDS_OF_A_THOUGHT = 8

// English, Spanish, Dutch: the languages of the screen. In any other only length, quotes, digits, questions and capitals speak.
const POINTS_AT =
  /\b(?:paragraph|section|sentence|page|line|table|figure|title|step|example|where you|when you|the part|párrafo|sección|página|frase|ejemplo|cuando|donde|alinea|zin|bladzijde|tabel|voorbeeld|waar je|wanneer je)\b/iu
const SUGGESTS =
  /\b(?:could|might|would|try|consider|suggest|suggestion|instead|maybe|perhaps|add|what if|how about|next time|podrías?|quizás?|tal vez|sugiero|intenta|añad[ae]|prueba|zou|kun je|kan je|misschien|probeer|voeg|liever|stel voor)\b/iu
const PRAISE =
  /^(?:great|good|nice|excellent|awesome|amazing|perfect|wonderful|well|love|loved|like|liked|cool|super|fantastic|brilliant|best|bien|bueno|buena|excelente|genial|perfecto|goed|mooi|prima|top|geweldig|leuk)$/iu
const FILLER =
  /^(?:a|an|the|and|it|its|is|was|this|that|i|you|your|my|very|really|so|all|job|work|done|to|me|of|keep|up|plan|essay|text|piece|overall|just|muy|el|la|un|una|trabajo|tu|es|está|de|het|een|werk|gedaan|je|heel|erg|dit|is)$/iu
const HARD =
  /\b(?:stupid|idiot|idiotic|lazy|garbage|rubbish|trash|pathetic|nonsense|useless|worthless|terrible|horrible|awful|ridiculous|dumb|sloppy|estúpid[oa]|tont[oa]|basura|inútil|ridícul[oa]|vag[oa]|dom|stom|waardeloos|onzin|belachelijk|lui|slecht geschreven)\b/iu

/** Reads one comment by plain rules. Null for one not begun. */
export function hintComment(text: string): HintedComment | null {
  const words = text.match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? []
  if (words.length === 0) return null
  const count = countWords(text)
  const isSpecific = pointsAtSomething(text)
  const isUseful = /\?|？/u.test(text) || SUGGESTS.test(text)
  const onlyPraise =
    words.some((word) => PRAISE.test(word)) && words.every((word) => PRAISE.test(word) || FILLER.test(word))
  const shouts = isShouting(words) || /!{2,}|！{2,}/u.test(text)
  const hard = HARD.test(text)
  const hints: CommentHint[] = []
  if (onlyPraise) hints.push('only_praise')
  else if (count < WORDS_OF_A_THOUGHT) hints.push('too_short')
  if (!isSpecific && !onlyPraise) hints.push('points_at_nothing')
  if (!isUseful && !onlyPraise) hints.push('nothing_to_try')
  if (shouts) hints.push('shouting')
  if (hard) hints.push('hard_words')
  return { isSpecific, isKind: !shouts && !hard, isUseful, hints }
}

/** Words of the work in quotation marks, a number, or a word for a place in it. */
const pointsAtSomething = (text: string): boolean =>
  /[“"«„][^”"»“]{3,}[”"»“]/u.test(text) || /\p{N}/u.test(text) || POINTS_AT.test(text)

/** Two words or more in capitals, and one word in five. Short ones are abbreviations. */
function isShouting(words: readonly string[]): boolean {
  const cased = words.filter((word) => word.toLowerCase() !== word.toUpperCase())
  const loud = cased.filter((word) => word.length > 3 && word === word.toUpperCase())
  return loud.length >= 2 && loud.length * 5 > cased.length
}
