const TREES = [
  'Oak',
  'Poplar',
  'Spruce',
  'Yew',
  'Alder',
  'Ash',
  'Aspen',
  'Beech',
  'Birch',
  'Cedar',
  'Cherry',
  'Chestnut',
  'Cypress',
  'Dogwood',
  'Elder',
  'Elm',
  'Fir',
  'Hawthorn',
  'Hazel',
  'Hemlock',
  'Hickory',
  'Holly',
  'Hornbeam',
  'Juniper',
  'Larch',
  'Laurel',
  'Linden',
  'Locust',
  'Magnolia',
  'Maple',
  'Mulberry',
  'Olive',
  'Pear',
  'Pine',
  'Plane',
  'Plum',
  'Redwood',
  'Rowan',
  'Sequoia',
  'Sycamore',
  'Tamarack',
  'Walnut',
]

/** Names to tell new cohorts apart, none of them among `taken`: trees, then trees with a number. */
export function nameCohorts(count: number, taken: readonly string[]): string[] {
  const isTaken = new Set(taken.map((name) => name.toLowerCase()))
  const names: string[] = []
  for (let round = 1; names.length < count; round++) {
    for (const tree of TREES) {
      const name = round === 1 ? tree : `${tree} ${round}`
      if (names.length < count && !isTaken.has(name.toLowerCase())) names.push(name)
    }
  }
  return names
}
