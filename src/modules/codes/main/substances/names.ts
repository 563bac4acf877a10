// Names of substances: which words make two names the same, what a salt is a salt of, and how a name is written.
import { indexWords } from '../words.ts'

/** Equal for names that mean the same: folded, singular, in the order of their words. */
export function nameKey(name: string): string {
  return indexWords(name)
    .map((word) => (/^\p{L}{3,}[^sui]s$/u.test(word) ? word.slice(0, -1) : word))
    .join(' ')
}

const saltWords = new Set(
  `acetate anhydrous besylate besilate bitartrate bromide calcium chloride citrate dihydrate dihydrochloride diphosphate
   disodium fumarate gluconate hcl hemihydrate hydrate hydrobromide hydrochloride hyclate iodide lactate magnesium maleate
   malate meglumine mesylate mesilate monohydrate monosodium napsylate nitrate oxalate pamoate phosphate potassium sodium
   succinate sulfate sulphate tartrate tosylate trihydrate tromethamine zinc axetil proxetil medoxomil`.split(
    /\s+/,
  ),
)
/** What is left of these without their salt is another thing. */
const elements = new Set(
  `aluminum ammonium barium bismuth calcium cobalt copper ferric ferrous gold hydrogen iron lithium magnesium manganese
   mercury potassium silver sodium strontium zinc selenium chromic cupric manganous stannous ethyl methyl`.split(
    /\s+/,
  ),
)

/** "CODEINE PHOSPHATE" is codeine; "SODIUM CHLORIDE" is not sodium. `null` when there is nothing to take off. */
export function withoutSalt(name: string): string | null {
  const words = name.trim().split(/\s+/)
  let end = words.length
  while (end > 1 && saltWords.has((words[end - 1] ?? '').toLowerCase().replace(/[(),]/g, ''))) end -= 1
  if (end === words.length) return null
  const base = words.slice(0, end)
  return base.length === 1 && elements.has((base[0] ?? '').toLowerCase()) ? null : base.join(' ')
}

/** Sources shout; people do not: "PENICILLIN G" becomes "Penicillin G". */
export function spoken(name: string): string {
  if (name !== name.toUpperCase()) return name
  const lower = name.toLowerCase().replaceAll(/\b[a-z]\b/g, (letter) => letter.toUpperCase())
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}
