// The bundled fonts and which of them draws which character: the first in this order that has it, scripts of their own
// first. Files are read when a text first needs them; the Chinese one is ten megabytes.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const fontFamilies = ['sans', 'arabic', 'hebrew', 'devanagari', 'thai', 'sc'] as const
export type FontFamily = (typeof fontFamilies)[number]
export type FontWeight = 'regular' | 'bold'

export interface FontKey {
  readonly family: FontFamily
  readonly weight: FontWeight
  /** No file in this weight: the strokes are thickened instead. */
  readonly isThickened: boolean
}

const files: Readonly<Record<FontFamily, { readonly name: string; readonly hasBold: boolean }>> = {
  sans: { name: 'NotoSans', hasBold: true },
  arabic: { name: 'NotoSansArabic', hasBold: true },
  hebrew: { name: 'NotoSansHebrew', hasBold: true },
  devanagari: { name: 'NotoSansDevanagari', hasBold: true },
  thai: { name: 'NotoSansThai', hasBold: true },
  sc: { name: 'NotoSansSC', hasBold: false },
}

export function fontFileOf({ family, weight }: Pick<FontKey, 'family' | 'weight'>): string {
  const { name, hasBold } = files[family]
  return `${name}_${weight === 'bold' && hasBold ? '600SemiBold' : '400Regular'}.ttf`
}

export function fontKeyOf(family: FontFamily, weight: FontWeight): FontKey {
  return { family, weight, isThickened: weight === 'bold' && !files[family].hasBold }
}

export function readFont(folder: string, key: FontKey): Uint8Array {
  return readFileSync(path.join(folder, fontFileOf(key)))
}

const ownScript: readonly (readonly [RegExp, FontFamily])[] = [
  [/\p{Script_Extensions=Arabic}/u, 'arabic'],
  [/\p{Script_Extensions=Hebrew}/u, 'hebrew'],
  [/\p{Script_Extensions=Devanagari}/u, 'devanagari'],
  [/\p{Script_Extensions=Thai}/u, 'thai'],
  [/\p{Script_Extensions=Han}/u, 'sc'],
]

/** Families to try for a cluster, best first. */
export function familiesFor(cluster: string): readonly FontFamily[] {
  // Plain Latin, digits and signs look the same beside every script.
  if (/^[\u0020-\u024f]+$/.test(cluster)) return fontFamilies
  const own = ownScript.find(([script]) => script.test(cluster))?.[1]
  return own ? [own, ...fontFamilies.filter((family) => family !== own)] : fontFamilies
}
