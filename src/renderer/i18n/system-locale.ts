// The languages the operating system names, as valid BCP 47 tags. A POSIX machine may say "en-US@posix" or "C",
// on which Intl throws.

export function systemLocales(): string[] {
  const tags = navigator.languages.flatMap((tag) => validTag(tag) ?? [])
  return tags.length > 0 ? tags : ['en']
}

export const systemLocale = (): string => systemLocales()[0] ?? 'en'

function validTag(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag.replace(/[.@].*$/, '').replaceAll('_', '-')).toString()
  } catch {
    return undefined
  }
}
