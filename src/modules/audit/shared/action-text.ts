// What an act is called in a sentence of two words, on screens and on paper alike.
import { actionsAr } from './action-texts-ar.ts'
import { actionsEn } from './action-texts-en.ts'
import { actionParts } from './action-words.ts'

export type ActionKey = keyof typeof actionsEn
type Say = (key: ActionKey, values?: Readonly<Record<string, string>>) => string

/** An act nobody gave words to keeps its code, so that nothing in the trail is without a name. */
export function actionText(say: Say, action: string): string {
  const { thing, verb } = actionParts(action)
  if (!thing || !verb) return say('other', { action })
  return say('form', { thing: say(`thing.${thing}`), verb: say(`verb.${verb}`) })
}

/** For paper, which is made where there is no screen. */
export const actionSayings: Readonly<Record<'en' | 'ar', Say>> = {
  en: sayIn(actionsEn),
  ar: sayIn(actionsAr),
}

function sayIn(texts: Readonly<Record<ActionKey, string>>): Say {
  return (key, values = {}) =>
    texts[key].replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
}
