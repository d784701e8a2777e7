import { isOnDisk } from './is-on-disk.ts'

/** Fields whose words are somebody's name, and what stands there instead. */
const OF_PEOPLE = new Map([
  ['AUTHOR', 'Author'],
  ['LASTSAVEDBY', 'Author'],
  ['USERNAME', 'Author'],
  ['USERADDRESS', 'Author'],
  ['USERINITIALS', 'A'],
  ['FILENAME', 'work'],
  ['TEMPLATE', 'work'],
])
/** Properties of the document that say the same. */
const PROPERTY_OF_PEOPLE = /^(?:DOCPROPERTY|INFO)\s+["“]?(?:author|manager|company|lastsavedby|filename|template)\b/i
/** Fields that fetch something from where they say; what is not on the web lies with the writer. */
const FETCHING = /^(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|LINK|IMPORT|DDE|DDEAUTO|RD|DATABASE)$/
const ON_THE_WEB = /["“\s]https?:/i

/**
 * A Word field's code without its writer (ECMA-376 17.16). `code` null: it may stay as it is. `words` null: so may what it shows;
 * otherwise that is what it shows from now on.
 */
export function cleanField(code: string): Readonly<{ code: string | null; words: string | null }> {
  const said = plainOf(code).trim()
  const name = /^[a-z]+/i.exec(said)?.[0].toUpperCase() ?? ''
  const words = OF_PEOPLE.get(name) ?? (PROPERTY_OF_PEOPLE.test(said) ? 'Author' : null)
  if (words !== null) return { code: ` ${OF_PEOPLE.has(name) ? name : 'AUTHOR'} `, words }
  const targets = said.match(/"[^"]*"?|[^\s"]+/g) ?? []
  const isAtHome = isOnDisk(said) && targets.some((target) => isOnDisk(target.replaceAll('"', '')))
  const isTold = isAtHome || (FETCHING.test(name) && !ON_THE_WEB.test(said))
  return { code: isTold ? ` ${name} "file:///work" ` : null, words: null }
}

/** As somebody reads it: XML may write any letter as a number. */
export function plainOf(xml: string): string {
  return xml
    .replaceAll(/<!\[CDATA\[|\]\]>/g, '')
    .replaceAll(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, (_raw, hex?: string, decimal?: string) => {
      const letter = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return letter <= 0x10ffff ? String.fromCodePoint(letter) : ''
    })
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
