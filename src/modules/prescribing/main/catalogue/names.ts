// Names of substances as FDA and VA write them, and the RxNorm numbers behind them. A salt also stands for its base:
// "amlodipine besylate" is amlodipine to every check.
import type { SourceFiles } from '#core/catalogue/sources.ts'

export interface Substance {
  /** The base, lower case: what duplicates are told by. */
  readonly base: string
  /** RxNorm numbers of the salt and of its base. */
  readonly cuis: readonly string[]
}

const saltWords = new Set(
  `hydrochloride hcl dihydrochloride monohydrochloride sodium disodium trisodium potassium dipotassium calcium magnesium
  acetate diacetate sulfate bisulfate so4 mesylate dimesylate phosphate diphosphate citrate maleate dimaleate chloride
  fumarate hemifumarate tartrate bitartrate bromide succinate tosylate hydrobromide lactate meglumine dimeglumine nitrate
  besylate benzoate tromethamine propionate dipropionate gluconate polistirex monohydrate dihydrate trihydrate hemihydrate
  anhydrous pamoate malate valerate lysine decanate decanoate enanthate cypionate furoate palmitate stearate xinafoate
  estolate ethylsuccinate etexilate medoxomil cilexetil axetil proxetil pivoxil alafenamide disoproxil olamine arginine
  hyclate napsylate ultramicrosize microsize crystalline hydrate erbumine bisylate edisylate esylate isethionate oxalate
  ditosylate hydroiodide iodide carbonate hydroxide resinate camsylate hippurate mandelate magnesium strontium zinc`.split(
    /\s+/,
  ),
)

/** Names the same substance has in other countries (INN, BAN), by the name the sources use. */
export const otherNames: Readonly<Record<string, readonly string[]>> = {
  acetaminophen: ['paracetamol'],
  albuterol: ['salbutamol'],
  epinephrine: ['adrenaline'],
  norepinephrine: ['noradrenaline'],
  furosemide: ['frusemide'],
  glyburide: ['glibenclamide'],
  meperidine: ['pethidine'],
  lidocaine: ['lignocaine'],
  cyclosporine: ['ciclosporin', 'cyclosporin'],
  rifampin: ['rifampicin'],
  acyclovir: ['aciclovir'],
  cephalexin: ['cefalexin'],
  amoxicillin: ['amoxycillin'],
  isoproterenol: ['isoprenaline'],
  hydroxyurea: ['hydroxycarbamide'],
  levothyroxine: ['thyroxine'],
  chlorpheniramine: ['chlorphenamine'],
  'penicillin g': ['benzylpenicillin'],
  'penicillin v': ['phenoxymethylpenicillin'],
  aspirin: ['acetylsalicylic acid'],
  dicyclomine: ['dicycloverine'],
  benztropine: ['benzatropine'],
  methimazole: ['thiamazole'],
  torsemide: ['torasemide'],
  estradiol: ['oestradiol'],
  mesalamine: ['mesalazine'],
  valproate: ['valproic acid'],
  phytonadione: ['vitamin k1', 'phytomenadione'],
  cholecalciferol: ['colecalciferol', 'vitamin d3'],
  cyanocobalamin: ['vitamin b12'],
  sulfamethoxazole: ['sulphamethoxazole'],
  beclomethasone: ['beclometasone'],
  bendroflumethiazide: ['bendrofluazide'],
}

export const nameSources = [
  'drugs/va-ndfrt-to-rxnorm.csv.gz',
  'substances/fda-unii-rxnorm-substances-2014.csv.gz',
] as const

/** "Mesna [Chemical/Ingredient]" is "mesna". */
const plainName = (name: string) =>
  name
    .replace(/ \[.*$/, '')
    .toLowerCase()
    .trim()

export class SubstanceNames {
  private readonly cuiByName = new Map<string, string>()
  /** UNII codes, as allergies may be coded, with the name each stands for. */
  readonly uniis: (readonly [unii: string, name: string])[] = []

  static *read(files: SourceFiles): Generator<null, SubstanceNames> {
    const names = new SubstanceNames()
    for (const row of files.csv(nameSources[0])) names.add(plainName(row.name ?? ''), row.rxcui ?? '')
    yield null
    for (const row of files.csv(nameSources[1])) {
      const name = plainName(row.substance ?? '')
      names.add(name, row.rxcui ?? '')
      if (row.unii) names.uniis.push([row.unii, name])
    }
    yield null
    return names
  }

  /** The first source wins: VA names single ingredients. */
  private add(name: string, cui: string): void {
    if (name !== '' && cui !== '' && !this.cuiByName.has(name)) this.cuiByName.set(name, cui)
  }

  entries(): Iterable<[string, string]> {
    return this.cuiByName.entries()
  }

  substanceOf(raw: string): Substance {
    const name = raw.toLowerCase().trim()
    const steps = [name, ...stripped(name)]
    const cuis = [...new Set(steps.flatMap((step) => this.cuiByName.get(step) ?? []))]
    const base = steps.findLast((step) => this.cuiByName.has(step)) ?? steps.at(-1) ?? name
    return { base, cuis }
  }
}

/** The name with one salt word less each time. "sodium chloride" keeps a word; "x/x trihydrate" is x. */
function stripped(name: string): string[] {
  const found: string[] = []
  let words = (name.split('/')[0] ?? name)
    .replaceAll(/[(),]/g, ' ')
    .split(/\s+/)
    .filter((w) => w !== '')
  if (words.join(' ') !== name) found.push(words.join(' '))
  while (words.length > 1 && saltWords.has(words.at(-1) ?? '')) {
    words = words.slice(0, -1)
    found.push(words.join(' '))
  }
  return found
}
