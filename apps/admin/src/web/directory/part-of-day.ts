/** Which greeting an hour of the reader's clock (0 to 23) has: morning from 4, afternoon from 12, evening from 18 until 4. */
export function partOfDay(hour: number): 'morning' | 'afternoon' | 'evening' {
  if (hour >= 4 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}
