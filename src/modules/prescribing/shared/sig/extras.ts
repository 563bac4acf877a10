// Advice beside the dose, and what a medicine is taken for when needed: closed lists, so that each can be said in Arabic too.
import { type Match, phrase, type PhraseReader } from './pattern.ts'
import type { Token } from './tokenise.ts'

/** Key, then the patterns that mean it. The first pattern is what the English words say. */
const advice: Readonly<Record<string, readonly string[]>> = {
  'with-food': ['with food'],
  'with-meals': ['with meals', 'with a meal'],
  'after-food': ['after food'],
  'after-meals': ['after meals', 'pc'],
  'with-or-after-food': ['with or after food', 'with or just after food'],
  'before-food': ['before food'],
  'before-meals': ['before meals', 'ac'],
  'empty-stomach': ['on an? empty stomach', 'without food'],
  '30-min-before-food': ['30 minutes|min before food|meals', 'half an hour before food|meals'],
  '30-min-before-breakfast': ['30 minutes|min before breakfast', 'half an hour before breakfast'],
  '1-hour-before-food': ['1|one hour before food|meals'],
  '2-hours-after-food': ['2|two hours after food|meals'],
  'with-water': ['with water', 'with a glass of water'],
  'with-full-glass': ['with a full glass of water', 'with plenty of water'],
  'with-milk': ['with milk'],
  'swallow-whole': ['swallow whole'],
  'do-not-crush': ['do not crush', "don't crush"],
  'do-not-chew': ['do not chew'],
  'do-not-crush-or-chew': ['do not crush or chew'],
  'avoid-alcohol': ['avoid alcohol', 'no alcohol', 'do not drink alcohol'],
  'do-not-drive': ['do not drive'],
  'may-cause-drowsiness': ['may cause drowsiness'],
  'shake-well': ['shake well', 'shake well before use'],
  'until-finished': [
    'until finished',
    'until gone',
    'until all taken',
    'until all gone',
    'finish the course',
    'complete the course',
    'finish all',
  ],
  'rinse-mouth': ['rinse mouth after use', 'rinse the mouth after use'],
  'as-directed': ['as directed'],
  'thin-layer': ['in a thin layer', 'a thin layer', 'thinly', 'sparingly'],
  generously: ['generously', 'liberally'],
  'long-term': ['long term', 'ongoing', 'long - term'],
  'gargle-and-spit': ['gargle and spit out'],
}
export const adviceKeys = Object.keys(advice)

export const advicePhrases: readonly PhraseReader[] = Object.entries(advice).flatMap(([key, patterns]) =>
  patterns.map((pattern) => phrase(pattern, () => ({ slot: 'advice', key }))),
)

/** As English says it: the first pattern without its signs. */
export const adviceText = (key: string): string =>
  (advice[key]?.[0] ?? key)
    .split(' ')
    .map((w) => (w.split('|')[0] ?? w).replace('?', ''))
    .join(' ')

/** Key, then further spellings. A key is also its own English, with blanks for hyphens. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  pain: [],
  'severe-pain': [],
  'moderate-pain': [],
  'mild-pain': [],
  'breakthrough-pain': [],
  'back-pain': [],
  'chest-pain': ['angina'],
  'abdominal-pain': ['stomach pain', 'tummy pain'],
  'joint-pain': [],
  toothache: ['tooth pain'],
  headache: ['headaches'],
  migraine: ['migraines'],
  fever: ['temperature'],
  nausea: [],
  vomiting: [],
  cough: ['coughing'],
  wheeze: ['wheezing'],
  breathlessness: ['shortness of breath', 'sob', 'dyspnea', 'dyspnoea'],
  asthma: [],
  anxiety: [],
  agitation: [],
  'panic-attack': ['panic attacks', 'panic'],
  sleep: ['insomnia'],
  itching: ['itch', 'pruritus'],
  rash: [],
  allergy: ['allergies', 'allergy symptoms'],
  'hay-fever': [],
  'runny-nose': [],
  'nasal-congestion': ['congestion', 'stuffy nose', 'blocked nose'],
  constipation: [],
  diarrhoea: ['diarrhea'],
  heartburn: ['reflux', 'acid reflux'],
  indigestion: ['dyspepsia'],
  cramps: ['cramp'],
  'muscle-spasm': ['muscle spasms', 'spasm', 'spasms'],
  'period-pain': ['menstrual cramps', 'menstrual pain'],
  dizziness: ['vertigo'],
  seizure: ['seizures'],
  'low-blood-sugar': ['hypoglycemia', 'hypoglycaemia'],
  'dry-eyes': [],
  'blood-pressure': ['high blood pressure', 'hypertension'],
  infection: [],
  inflammation: [],
  swelling: ['oedema', 'edema'],
}
export const reasonKeys = Object.keys(reasons)
export const reasonText = (key: string): string => key.replaceAll('-', ' ')

const reasonPatterns: readonly (readonly [readonly string[], string])[] = Object.entries(reasons)
  .flatMap(([key, spellings]) => [reasonText(key), ...spellings].map((s) => [s.split(' '), key] as const))
  // Longest first: "chest pain" before "chest".
  .toSorted((a, b) => b[0].length - a[0].length)

function reasonAt(tokens: readonly Token[], at: number): { end: number; key: string } | null {
  for (const [words, key] of reasonPatterns) {
    if (words.every((w, i) => tokens[at + i]?.text === w)) return { end: at + words.length, key }
  }
  return null
}

function reasonList(tokens: readonly Token[], at: number): { end: number; keys: string[] } | null {
  const keys: string[] = []
  let end = at
  for (;;) {
    const next = reasonAt(tokens, end)
    if (!next) return null
    keys.push(next.key)
    end = next.end
    const link = tokens[end]?.text
    if (link !== 'or' && link !== 'and' && link !== '/' && link !== ',') break
    const after = link === ',' && tokens[end + 1]?.text === 'or' ? end + 2 : end + 1
    if (!reasonAt(tokens, after)) break
    end = after
  }
  return { end, keys: [...new Set(keys)] }
}

const neededWords: readonly (readonly string[])[] = [
  ['prn'],
  ...['as', 'if', 'when', 'where', 'only if', 'only when'].flatMap((first) =>
    ['needed', 'required', 'necessary'].map((second) => [...first.split(' '), second]),
  ),
]

function neededAt(tokens: readonly Token[], at: number): number | null {
  for (const words of neededWords) {
    if (words.every((w, i) => tokens[at + i]?.text === w)) return at + words.length
  }
  return null
}

/** "prn", "as needed for pain or fever", "for pain". */
export const needReaders: readonly PhraseReader[] = [
  (tokens, at): Match | null => {
    const end = neededAt(tokens, at)
    if (end === null) return null
    const from = tokens[end]?.text === 'for' ? end + 1 : end
    const list = reasonList(tokens, from)
    return list
      ? { end: list.end, part: { slot: 'reason', reasons: list.keys, asNeeded: true } }
      : { end, part: { slot: 'asNeeded' } }
  },
  (tokens, at): Match | null => {
    if (tokens[at]?.text !== 'for') return null
    const list = reasonList(tokens, at + 1)
    return list ? { end: list.end, part: { slot: 'reason', reasons: list.keys } } : null
  },
]
