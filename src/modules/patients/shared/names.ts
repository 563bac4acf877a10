// Pure decisions about names of people: a proposal for the family's and the given part.
// A proposal is only ever that: what the person at the desk writes wins, and the whole name is what is shown.

export interface NameParts {
  readonly family: string | null
  readonly given: string | null
}

/** Lower-case words that belong to the family name after them (Dutch, German, Romance, Arabic in Latin letters). */
const particles = new Set(
  (
    'af al av bin bint da das de degli dei del della den der des di do dos du e el ibn la las le lo los ' +
    'ould te ten ter van vom von y zu zum zur'
  ).split(' '),
)
/** Arabic words that never stand alone at the end: servant of, father of, mother of, son of, daughter of, house of. */
const arabicLinks = new Set('عبد أبو ابو أم ام ابن بن بنت آل ال'.split(' '))
/** Chinese family names of two characters still in common use. */
const compoundFamilies = new Set(
  '欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司空 夏侯 南宫 南宮'.split(
    ' ',
  ),
)

const familyFirst = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\s·・]+$/u

export function words(text: string): string[] {
  return text.trim().split(/\s+/u).filter(Boolean)
}

/** Proposes which part of a whole name is the family's. One word alone is taken as a given name. */
export function proposeNameParts(text: string): NameParts {
  const comma = /^([^,،]+)[,،]\s*(.+)$/u.exec(text.trim())
  if (comma) return { family: tidy(comma[1]), given: tidy(comma[2]) }
  const parts = words(text)
  if (parts.length === 0) return { family: null, given: null }
  if (familyFirst.test(text)) return familyFirstParts(parts)
  if (parts.length === 1) return { family: null, given: parts[0] ?? null }
  let start = parts.length - 1
  while (start > 1 && joinsNext(parts[start - 1] ?? '')) start--
  return { family: parts.slice(start).join(' '), given: parts.slice(0, start).join(' ') }
}

function familyFirstParts(parts: string[]): NameParts {
  if (parts.length > 1) return { family: parts[0] ?? null, given: parts.slice(1).join(' ') }
  // By code points: the letters of these scripts are one each, also those outside the basic plane.
  const characters = Array.from(parts[0] ?? '')
  if (characters.length < 2 || characters.length > 4) return { family: null, given: parts[0] ?? null }
  const pair = characters.slice(0, 2).join('')
  const length = characters.length > 2 && compoundFamilies.has(pair) ? 2 : 1
  return { family: characters.slice(0, length).join(''), given: characters.slice(length).join('') }
}

function joinsNext(word: string): boolean {
  return particles.has(word) || arabicLinks.has(word)
}

function tidy(text: string | undefined): string | null {
  return text?.trim() || null
}
