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
    // Also penicilina, pénicilline, Penizillin, bensilin in Arabic letters.
    names: [/\bpeni[cz]il+in[aes]?s?\b/, /\bpcn\b/, /بنس[يـ]?لين/, /\bbeta[ -]?lactams?\b/],
    members: /cillin\b|cillin |sulbactam|clavulan/,
    near: ['cephalosporins', 'carbapenems'],
  },
  {
    key: 'cephalosporins',
    names: [/\b(ceph?|zeph)alosporin(e|a|en)?s?\b/, /\bbeta[ -]?lactams?\b/],
    members: /^(cef|ceph)/,
    near: ['penicillins', 'carbapenems'],
  },
  { key: 'carbapenems', names: [/\bcarbapenems?\b/], members: /penem$/, near: ['penicillins'] },
  {
    key: 'sulfonamides',
    names: [/\bsul(f|ph)as?\b/, /\bsul(f|ph)(on)?amid(e|a|as|es|en)?\b/, /\bco ?trimoxazole?\b/, /سلفا/],
    // Not sulfate and sulfite, which are no sulfonamides.
    members: /\bsulf(a(?!te)|i(?!te|de))/,
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
    names: [/\bnsaids?\b/, /\bnsar\b/, /\bains\b/, /\baines?\b/, /\bnon ?steroidal\b/],
    members:
      /^(ibuprofen|naproxen|diclofenac|ketorolac|indomethacin|meloxicam|piroxicam|etodolac|nabumetone|sulindac|oxaprozin|ketoprofen|flurbiprofen|fenoprofen|mefenamic|tolmetin|diflunisal|salsalate|aspirin|meclofenamate|aceclofenac|dipyrone|metamizole)|fenac$|profen$|coxib$|oxicam$/,
  },
  {
    key: 'salicylates',
    names: [/\bsalicylates?\b/, /\baspirin[ae]?\b/, /\basa\b/],
    members: /salicyl|^aspirin|salsalate|diflunisal|mesalamine|olsalazine|balsalazide|sulfasalazine/,
    near: ['nsaids'],
  },
  {
    key: 'opioids',
    names: [/\bopioids?\b/, /\bopiates?\b/, /\bnarcotics?\b/],
    members:
      /^(morphine|codeine|oxycodone|hydrocodone|hydromorphone|oxymorphone|fentanyl|tramadol|tapentadol|meperidine|methadone|buprenorphine|butorphanol|nalbuphine|levorphanol|dihydrocodeine|diamorphine|pentazocine|opium|(rem|alf|suf)entanil|oliceridine)/,
  },
  { key: 'ace-inhibitors', names: [/\bace inhibitors?\b/], members: /pril$|prilat$/ },
  { key: 'statins', names: [/\bstatins?\b/], members: /vastatin$/ },
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
  { key: 'barbiturates', names: [/\bbarbiturates?\b/], members: /bital$|barbitone$/ },
  { key: 'azole-antifungals', names: [/\bazole antifungals?\b/], members: /conazole$/ },
]

/** Every group a substance belongs to; `base` is lower case. */
export const classesOf = (base: string): string[] =>
  classes.filter((c) => base.split(' + ').some((part) => c.members.test(part))).map((c) => c.key)

/** Groups that the words of an allergy name. */
export const classesNamed = (folded: string): string[] =>
  classes.filter((c) => c.names.some((name) => name.test(folded))).map((c) => c.key)

export const isNear = (named: string, member: string): boolean =>
  classes.some((c) => c.key === named && (c.near?.includes(member) ?? false))
