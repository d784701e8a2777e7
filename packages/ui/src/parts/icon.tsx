/** 20 x 20 line drawings, always beside a word or inside a labelled control, so hidden from assistive technology. */
const DRAWINGS = {
  arrow: 'M3.5 10h12.5M11 5l5 5-5 5',
  bell: 'M5 14V9a5 5 0 0110 0v5l1.5 1.5h-13zM8.5 17.5h3',
  book: 'M10 5C8 3.5 5.5 3.3 3 3.5v12c2.500-.2 5 0 7 1.500 2-1.500 4.500-1.700 7-1.500v-12c-2.500-.2-5 0-7 1.500zM10 5v12',
  calendar: 'M3.500 4.500h13v12.500h-13zM3.500 8.500h13M7 2.500v4M13 2.500v4',
  chart: 'M3.500 3v13.500h13.500M7 13.500V10M10.500 13.500V6M14 13.500V8.500',
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M7.5 4.5l5.5 5.5-5.5 5.5',
  clock: 'M10 2.750a7.250 7.250 0 100 14.500 7.250 7.250 0 000-14.500zM10 6v4.200l2.800 1.800',
  cloud: 'M6 14.5a3.5 3.5 0 01-.5-6.95 4.8 4.8 0 019.3 1A3 3 0 0114.5 14.5z',
  comment: 'M3 4.5h14v9.5H9l-4 3v-3H3z',
  cross: 'M5 5l10 10M15 5L5 15',
  document: 'M5 2.5h7l3.5 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5.500M7.500 13h5.500',
  eye: 'M2 10c2-3.7 4.7-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.7 5.5-8 5.5S4 13.7 2 10zM10 7.500a2.500 2.500 0 100 5 2.500 2.500 0 000-5z',
  flag: 'M5 17.5V3.2h9.5l-2 3.3 2 3.3H5',
  grid: 'M3.500 3.500h5v5h-5zM11.500 3.500h5v5h-5zM3.500 11.500h5v5h-5zM11.500 11.500h5v5h-5z',
  heart: 'M10 16.500C4 12.500 3 9.500 3 7.500a3.500 3.500 0 017-1 3.500 3.500 0 017 1c0 2-1 5-7 9z',
  home: 'M3 9.500l7-6 7 6M5 8.500V17h3.500v-4.500h3V17H15V8.500',
  hourglass: 'M5.5 3h9M5.5 17h9M6.5 3c0 4 7 5.5 7 7s-7 3-7 7M13.5 3c0 4-7 5.5-7 7s7 3 7 7',
  inbox: 'M3 11.500l2.500-7.500h9l2.500 7.500v5H3zM3 11.500h4.500a2.500 2.500 0 005 0H17',
  lock: 'M4.500 9h11v8h-11zM7 9V6.5a3 3 0 016 0V9',
  mail: 'M3 4.500h14v11H3zM3 5.500l7 5.500 7-5.500',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  minus: 'M4.500 10h11',
  pencil: 'M3.5 16.5l.8-3.6 9-9a1.5 1.5 0 012.1 0l.7.7a1.5 1.5 0 010 2.1l-9 9z',
  people:
    'M7 4.300a2.700 2.700 0 100 5.400 2.700 2.700 0 000-5.400zM2 16.5c.4-3 2.4-4.7 5-4.7s4.6 1.7 5 4.7M13 4.6a2.6 2.6 0 010 5M14.5 12c2 .5 3.2 2 3.5 4.5',
  plug: 'M7 2.500V6M13 2.500V6M5 6h10v3a5 5 0 01-10 0zM10 14v3.500',
  plus: 'M10 4v12M4 10h12',
  retry: 'M16 6.5A7 7 0 103.5 12M16.5 2.5v4.2h-4.2',
  search: 'M9 3.500a5.500 5.500 0 100 11 5.500 5.500 0 000-11zM13 13l4 4',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  star: 'M10 3l2 4.500 5 .5-3.700 3.300 1.100 4.900L10 13.600l-4.400 2.600 1.100-4.900L3 8l5-.5z',
  upload: 'M10 13V3.500M6 7l4-4 4 4M3.500 13v3.500h13V13',
  warn: 'M10 3l7.500 13.500h-15zM10 8v4M10 14.200v.3',
} as const
export type IconName = keyof typeof DRAWINGS

const TURNS_WITH_TEXT: ReadonlySet<IconName> = new Set(['arrow', 'chevron', 'comment'])

export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  const names = ['icon', small && 'icon-sm', TURNS_WITH_TEXT.has(name) && 'icon-dir'].filter(Boolean).join(' ')
  return (
    <svg className={names} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  )
}
