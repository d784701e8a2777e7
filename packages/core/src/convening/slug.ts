/** The last part of a convening's public address: letters and digits of its name, and a short random end against clashes. */
export function conveningSlug(name: string, random: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  return words ? `${words}-${random}` : random
}
