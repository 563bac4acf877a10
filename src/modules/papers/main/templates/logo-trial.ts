// A page with nothing but a logo: what cannot be drawn here would break every paper later.
import type { PdfDocument } from '#core/pdf/document-model.ts'
import type { Logo } from '#modules/papers/shared/settings.ts'

export function logoTrial(logo: Logo, now: string): PdfDocument {
  return {
    page: 'A4',
    language: 'en',
    direction: 'ltr',
    title: 'Logo',
    blocks: [{ kind: 'image', data: logo.data, height: 46 }],
    runningHead: [],
    footer: { start: [], end: [] },
    createdAt: now,
  }
}
