/** Points, grades and percentages as people read them, everywhere: no more decimals than it takes, at most two. */
export const spelt = (number: number): string => String(Math.round(number * 100) / 100)
