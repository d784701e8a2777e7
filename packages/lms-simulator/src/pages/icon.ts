import { html, type Html } from './html.ts'

const PATHS = {
  home: 'M3 9.5L10 3.5l7 6V17h-4.5v-4.5h-5V17H3z',
  book: 'M10 5.5C8.500 4 6 3.700 3 4v11.500c3-.3 5.500 0 7 1.500 1.500-1.500 4-1.800 7-1.500V4c-3-.3-5.500 0-7 1.500zM10 5.500V17',
  inbox: 'M3 11l2-7h10l2 7v5.500H3zM3 11h4.500l1 2h3l1-2H17',
  tools: 'M4 6h8M15 6h1M4 14h1M8 14h8M13.500 4v4M6.500 12v4',
  again: 'M16 6.500A7 7 0 103.500 12M16.500 2.500v4.200h-4.200',
}

/** A line drawing of 20 by 20, for the eyes only. */
export function icon(name: keyof typeof PATHS): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${PATHS[name]}" /></svg>`
}
