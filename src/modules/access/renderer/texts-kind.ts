// Keeps the keys of the English words as they are typed, for the Arabic ones to follow.
export const defineEnglish = <const En extends Readonly<Record<string, string>>>(en: En): En => en
