// A paper as data: what stands on it and how it is arranged, without a measure of any letter. Plain JSON, so that it goes
// to the isolated worker, waits in a print queue, and can be compared in a test. The worker turns it into PDF bytes.
// Start and end are sides of the reading direction; sizes are points on A4 and shrink on smaller paper.

export const pageSizes = ['A4', 'A5', 'Letter'] as const
export type PageSize = (typeof pageSizes)[number]

/** Width and height in points. */
export const pageMeasures: Readonly<Record<PageSize, readonly [number, number]>> = {
  A4: [595.28, 841.89],
  A5: [419.53, 595.28],
  Letter: [612, 792],
}

export type Tone = 'ink' | 'soft' | 'accent' | 'danger'
export type Align = 'start' | 'center' | 'end'

export interface Span {
  readonly text: string
  readonly bold?: boolean
  readonly tone?: Tone
  readonly size?: number
}

export interface TextBlock {
  readonly kind: 'text'
  readonly spans: readonly Span[]
  readonly align?: Align
  readonly size?: number
  /** Room above. */
  readonly before?: number
  /** Stays on the page of what follows. */
  readonly keepWithNext?: boolean
}

export interface RowBlock {
  readonly kind: 'row'
  readonly cells: readonly { readonly share: number; readonly blocks: readonly Block[] }[]
  readonly gap?: number
  /** On a tinted ground. */
  readonly panel?: boolean
  readonly valign?: 'top' | 'bottom'
}

export interface TableBlock {
  readonly kind: 'table'
  readonly columns: readonly { readonly share: number; readonly align?: Align }[]
  /** Repeated on every page the table reaches. */
  readonly head: readonly string[] | null
  /** A cell is a list of lines, each of spans. */
  readonly rows: readonly (readonly (readonly (readonly Span[])[])[])[]
  readonly size?: number
  /** Room above and below the text of a row. */
  readonly padding?: number
}

export interface ImageBlock {
  readonly kind: 'image'
  /** PNG or JPEG, base64. */
  readonly data: string
  readonly height: number
}

/** A QR code: black squares on white, also in a right-to-left document. */
export interface QrBlock {
  readonly kind: 'qr'
  /** At most 1,200 bytes in UTF-8. */
  readonly text: string
  /** Side in points, the quiet zone of four modules included. */
  readonly size: number
  readonly align?: Align
}

export type Block =
  | TextBlock
  | QrBlock
  | RowBlock
  | TableBlock
  | ImageBlock
  | { readonly kind: 'rule'; readonly isStrong?: boolean }
  | { readonly kind: 'space'; readonly height: number }
  /** Never parted by the end of a page, unless it is longer than one. */
  | { readonly kind: 'together'; readonly blocks: readonly Block[] }
  /** At the foot of the last page: a signature. */
  | { readonly kind: 'bottom'; readonly blocks: readonly Block[] }

export interface PdfDocument {
  readonly page: PageSize
  /** BCP 47. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** For the window title of a viewer; no patient's name. */
  readonly title: string
  readonly blocks: readonly Block[]
  /** Stands at the top of every page but the first: whose paper this is. */
  readonly runningHead: readonly Span[]
  /** `{page}` and `{pages}` are filled in. */
  readonly footer: { readonly start: readonly Span[]; readonly end: readonly Span[] }
  /** Instant, for the file's own data. */
  readonly createdAt: string
}

export interface PdfReport {
  readonly pages: number
  /** Characters no bundled font has, such as `U+1F600`; their code point stands on the paper instead. */
  readonly missing: readonly string[]
}
