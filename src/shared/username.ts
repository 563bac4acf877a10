// Suggests a sign-in name from a person's name.

const titles = /^(dr|prof|mr|mrs|ms|med|herr|frau|nurse|doctor|sister|brother)\.?$/i

/** `Dr. María Keller-Núñez` becomes `maria.keller-nunez`; names without Latin letters give nothing. */
export function suggestUsername(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[ıİ]/g, 'i')
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !titles.test(word))
    .map((word) => word.replace(/[^a-z0-9-]/g, '').replace(/^-+|-+$/g, ''))
    .filter(Boolean)
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  const joined = [first, last].filter((word) => word !== undefined).join('.')
  return joined.length < 2 ? '' : joined.slice(0, 64)
}
