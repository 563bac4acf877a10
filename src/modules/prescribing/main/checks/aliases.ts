// Names the public sources lack: brands and combinations of other countries, everyday short forms, Arabic. Each stands for
// substances by the name the sources use; one that no source knows is left out. They only ever add to what is checked.
import { foldName } from '../catalogue/definition.ts'

const written: Readonly<Record<string, string>> = {
  acetaminophen:
    'panadol, calpol, doliprane, dafalgan, efferalgan, ben-u-ron, crocin, dolo, adol, fevadol, apap, باراسيتامول, بانادول, بنادول',
  aspirin:
    'asa, ass, aspro, aspégic, disprin, ecosprin, acetylsalicylsäure, acide acétylsalicylique, ácido acetilsalicílico, أسبرين, اسبرين',
  ibuprofen: 'brufen, nurofen, ايبوبروفين, بروفين',
  diclofenac: 'voltarol, voltaren, olfen, فولتارين, ديكلوفيناك',
  naproxen: 'naprosyn',
  dipyrone: 'metamizole, metamizol, novalgin, novaminsulfon, analgin, nolotil',
  'amoxicillin + clavulanate':
    'co-amoxiclav, amoxiclav, augmentin, augmentine, clavulin, curam, amoxicillin clavulanic acid, أوجمنتين, اوجمنتين',
  amoxicillin: 'flemoxin, clamoxyl, أموكسيسيلين, اموكسيسيلين',
  penicillin: 'pcn, pen vk, بنسلين, بنسيلين, البنسلين',
  'sulfamethoxazole + trimethoprim':
    'co-trimoxazole, cotrimoxazole, cotrim, septrin, eusaprim, tmp-smx, smx-tmp, smz-tmp, باكتريم',
  'acetaminophen + codeine': 'co-codamol, solpadol, kapake, zapain',
  'acetaminophen + dihydrocodeine': 'co-dydramol',
  'carbidopa + levodopa': 'co-careldopa',
  'benserazide + levodopa': 'co-beneldopa, madopar',
  'amiloride + furosemide': 'co-amilofruse, frumil',
  'atenolol + chlorthalidone': 'co-tenidone',
  'diphenoxylate + atropine': 'co-phenotrope',
  albuterol: 'ventoline, asthalin, فنتولين',
  phenprocoumon: 'marcumar, falithrom',
  acenocoumarol: 'sintrom, acitrom',
  'valproic acid': 'sodium valproate, epilim, depakine, orfiril, divalproex',
  'insulin glargine': 'lantus, basaglar, toujeo',
  'hypericum perforatum':
    "st. john's wort, st. johns wort, st john wort, saint john's wort, johanniskraut, millepertuis, hypericum, hierba de san juan",
  morphine: 'مورفين',
  codeine: 'كوديين',
  warfarin: 'marevan, وارفارين',
  metformin: 'ميتفورمين, جلوكوفاج, glucophage',
}

/** Folded name, then the substances it stands for. */
export const aliases: readonly (readonly [name: string, substances: readonly string[]])[] = Object.entries(
  written,
).flatMap(([substances, names]) =>
  names.split(',').map((name) => [foldName(name), substances.split(' + ').map(foldName)] as const),
)

/**
 * How a name sounds in most European spellings: "azitromicina", "Azithromycine" and "azithromycin" are one. Only for long
 * single words that no exact name matches.
 */
export function soundOf(word: string): string | null {
  if (word.length < 7 || !/^[a-z]+$/.test(word)) return null
  const sound = word
    .replaceAll('ph', 'f')
    .replaceAll('th', 't')
    .replaceAll('ch', 'c')
    .replaceAll('y', 'i')
    .replaceAll('k', 'c')
    .replaceAll('z', 'c')
    .replaceAll('ae', 'e')
    .replaceAll('oe', 'e')
    .replaceAll(/(.)\1/g, '$1')
    .replace(/(um|[aeo])$/, '')
  return sound.length < 6 ? null : sound
}
