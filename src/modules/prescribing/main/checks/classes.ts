// Groups of medicines that allergies are told by ("penicillin", "sulfa"). The public sources give no classes, so this is
// Osler's own short list, by the stems of international names. It only ever adds a warning.

export const classList = { title: 'Osler list of medicine groups', edition: '2026-11' } as const

interface MedicineClass {
  readonly key: string
  /** Words an allergy is written in, folded. */
  readonly names: readonly RegExp[]
  readonly members: RegExp
  /** Groups that may cross-react: told, not a stop. */
  readonly near?: readonly string[]
}

export const classes: readonly MedicineClass[] = [
  {
    key: 'penicillins',
    names: [/\bpenicillins?\b/, /\bbeta[ -]?lactams?\b/],
    members: /cillin\b|cillin |sulbactam|clavulan/,
    near: ['cephalosporins', 'carbapenems'],
  },
  {
    key: 'cephalosporins',
    names: [/\bcephalosporins?\b/, /\bbeta[ -]?lactams?\b/],
    members: /^(cef|ceph)/,
    near: ['penicillins', 'carbapenems'],
  },
  { key: 'carbapenems', names: [/\bcarbapenems?\b/], members: /penem$/, near: ['penicillins'] },
  {
    key: 'sulfonamides',
    names: [/\bsul(f|ph)a\b/, /\bsul(f|ph)onamides?\b/, /\bsul(f|ph)a drugs?\b/, /\bco trimoxazole\b/],
    members: /^sulf(a|i)/,
  },
  { key: 'macrolides', names: [/\bmacrolides?\b/], members: /thromycin$/ },
  { key: 'quinolones', names: [/\b(fluoro)?quinolones?\b/], members: /floxacin$/ },
  { key: 'tetracyclines', names: [/\btetracyclines?\b/], members: /cycline$/ },
  {
    key: 'aminoglycosides',
    names: [/\baminoglycosides?\b/],
    members: /^(gentamicin|tobramycin|amikacin|neomycin|streptomycin|kanamycin|plazomicin)/,
  },
  {
    key: 'nsaids',
    names: [/\bnsaids?\b/, /\bnon steroidal\b/, /\bnonsteroidal\b/],
    members:
      /^(ibuprofen|naproxen|diclofenac|ketorolac|indomethacin|meloxicam|piroxicam|etodolac|nabumetone|sulindac|oxaprozin|ketoprofen|flurbiprofen|fenoprofen|mefenamic|tolmetin|diflunisal|salsalate|aspirin|celecoxib)/,
  },
  {
    key: 'salicylates',
    names: [/\bsalicylates?\b/, /\baspirin\b/],
    members: /salicyl|^aspirin|salsalate|diflunisal/,
    near: ['nsaids'],
  },
  {
    key: 'opioids',
    names: [/\bopioids?\b/, /\bopiates?\b/, /\bnarcotics?\b/],
    members:
      /^(morphine|codeine|oxycodone|hydrocodone|hydromorphone|oxymorphone|fentanyl|tramadol|tapentadol|meperidine|methadone|buprenorphine|butorphanol|nalbuphine|levorphanol|dihydrocodeine)/,
  },
  { key: 'ace-inhibitors', names: [/\bace inhibitors?\b/], members: /pril$|prilat$/ },
  { key: 'statins', names: [/\bstatins?\b/], members: /(?<!ny)statin$/ },
  {
    key: 'local-anaesthetics',
    names: [/\blocal anaesthetics?\b/, /\blocal anesthetics?\b/],
    members: /caine$/,
  },
  {
    key: 'benzodiazepines',
    names: [/\bbenzodiazepines?\b/],
    members: /azepam$|azolam$|^(chlordiazepoxide|clobazam|clorazepate|estazolam|flurazepam)/,
  },
  { key: 'barbiturates', names: [/\bbarbiturates?\b/], members: /barbital$|barbitone$/ },
  { key: 'azole-antifungals', names: [/\bazole antifungals?\b/], members: /conazole$/ },
]

/** Every group a substance belongs to; `base` is lower case. */
export const classesOf = (base: string): string[] =>
  classes.filter((c) => c.members.test(base)).map((c) => c.key)

/** Groups that the words of an allergy name. */
export const classesNamed = (folded: string): string[] =>
  classes.filter((c) => c.names.some((name) => name.test(folded))).map((c) => c.key)

export const isNear = (named: string, member: string): boolean =>
  classes.some((c) => c.key === named && (c.near?.includes(member) ?? false))
