// Blocks become boxes of known height, top to bottom; what may be parted by the end of a page is several boxes.
import type { Align, Block, QrBlock, RowBlock, Span, TableBlock, TextBlock, Tone } from './document-model.ts'
import { qrModules } from './qr.ts'
import type { Line, TextEngine } from './text-engine.ts'
import type { Direction, StyledSpan } from './text-runs.ts'

export interface Box {
  readonly height: number
  /** @param x left edge; @param y top */
  draw(x: number, y: number): void
  /** Drawn above this box when it begins a page. */
  readonly head?: Box
  readonly keepWithNext?: boolean
  readonly atBottom?: boolean
  /** The parts to fall back to where the whole is longer than a page. */
  readonly parts?: readonly Box[]
  /** Room only: left out at the top of a page. */
  readonly isSpace?: boolean
}

export interface Drawing {
  rect(x: number, y: number, width: number, height: number, color: string): void
  /** With rounded corners; nothing that is read by a machine. */
  panel(x: number, y: number, width: number, height: number, color: string): void
  line(x: number, y: number, width: number, thickness: number, color: string): void
  image(data: string, x: number, y: number, fit: { height: number; width: number; isRight: boolean }): void
}

export interface BoxContext {
  readonly text: TextEngine
  readonly drawing: Drawing
  readonly direction: Direction
  readonly scale: number
}

const baseSize = 11
const tones: Readonly<Record<Tone, string>> = {
  ink: '#1c2127',
  soft: '#5f6b7c',
  accent: '#215db0',
  danger: '#a82a2a',
}
const [panelColor, lineColor] = ['#f2f4f6', '#d5dae0']

export function boxesOf(ctx: BoxContext, blocks: readonly Block[], width: number): Box[] {
  return blocks.flatMap((block) => boxesOfBlock(ctx, block, width))
}

function boxesOfBlock(ctx: BoxContext, block: Block, width: number): Box[] {
  const { scale, drawing } = ctx
  switch (block.kind) {
    case 'text':
      return textBoxes(ctx, block, width)
    case 'row':
      return [rowBox(ctx, block, width)]
    case 'table':
      return tableBoxes(ctx, block, width)
    case 'space':
      return [{ height: block.height * scale, draw: () => {}, isSpace: true }]
    case 'rule': {
      const [thickness, color] = block.isStrong ? [1.4, tones.ink] : [0.7, lineColor]
      return [
        { height: thickness, draw: (x, y) => drawing.line(x, y + thickness / 2, width, thickness, color) },
      ]
    }
    case 'image': {
      const height = block.height * scale
      const isRight = ctx.direction === 'rtl'
      return [{ height, draw: (x, y) => drawing.image(block.data, x, y, { height, width, isRight }) }]
    }
    case 'qr':
      return [qrBox(ctx, block, width)]
    case 'together':
      return [stack(boxesOf(ctx, block.blocks, width))]
    case 'bottom':
      return [{ ...stack(boxesOf(ctx, block.blocks, width)), atBottom: true }]
  }
}

function qrBox({ drawing, direction, scale }: BoxContext, block: QrBlock, width: number): Box {
  const size = Math.min(block.size * scale, width)
  const modules = qrModules(block.text)
  const side = size / modules.length
  const spare = { start: 0, center: (width - size) / 2, end: width - size }[block.align ?? 'start']
  const left = direction === 'rtl' ? width - size - spare : spare
  return {
    height: size,
    draw(x, y) {
      drawing.rect(x + left, y, size, size, '#ffffff')
      for (const [row, cells] of modules.entries()) {
        for (const [from, count] of darkRuns(cells)) {
          drawing.rect(x + left + from * side, y + row * side, count * side, side, '#000000')
        }
      }
    },
  }
}

/** Neighbouring squares are drawn as one: hairlines between them would trouble a scanner. */
function darkRuns(cells: readonly boolean[]): [from: number, count: number][] {
  const runs: [number, number][] = []
  for (const [at, isDark] of cells.entries()) {
    if (!isDark) continue
    const last = runs.at(-1)
    if (last && last[0] + last[1] === at) last[1] += 1
    else runs.push([at, 1])
  }
  return runs
}

export function stack(parts: readonly Box[]): Box {
  return {
    height: parts.reduce((sum, box) => sum + box.height, 0),
    parts,
    draw(x, y) {
      let at = y
      for (const box of parts) {
        box.draw(x, at)
        at += box.height
      }
    },
  }
}

export function styled(ctx: BoxContext, spans: readonly Span[], size = baseSize): StyledSpan[] {
  return spans.map((span) => ({
    text: span.text,
    style: {
      size: (span.size ?? size) * ctx.scale,
      weight: span.bold ? 'bold' : 'regular',
      color: tones[span.tone ?? 'ink'],
    },
  }))
}

function textBoxes(ctx: BoxContext, block: TextBlock, width: number): Box[] {
  const lines = ctx.text.lines(styled(ctx, block.spans, block.size), ctx.direction, width)
  const boxes = lines.map((line) => lineBox(ctx, line, width, block.align))
  const before = (block.before ?? 0) * ctx.scale
  const all = before > 0 ? [{ height: before, draw: () => {}, isSpace: true }, ...boxes] : boxes
  return block.keepWithNext ? all.map((box) => ({ ...box, keepWithNext: true })) : all
}

function lineBox(ctx: BoxContext, line: Line, width: number, align: Align = 'start'): Box {
  const spare = width - line.width
  const isRight = (align === 'end') !== (ctx.direction === 'rtl')
  const indent = align === 'center' ? spare / 2 : isRight ? spare : 0
  return { height: line.height, draw: (x, y) => ctx.text.draw(line, x + indent, y) }
}

/** Left edges of columns in reading order; mirrored where one reads from the right. */
function columnsOf(ctx: BoxContext, shares: readonly number[], width: number, gap: number) {
  const total = shares.reduce((sum, share) => sum + share, 0)
  const room = width - gap * (shares.length - 1)
  let at = 0
  return shares.map((share) => {
    const own = (room * share) / total
    const left = ctx.direction === 'rtl' ? width - at - own : at
    at += own + gap
    return { left, width: own }
  })
}

function rowBox(ctx: BoxContext, block: RowBlock, width: number): Box {
  const pad = block.panel ? 12 * ctx.scale : 0
  const gap = (block.gap ?? 16) * ctx.scale
  const columns = columnsOf(
    ctx,
    block.cells.map((cell) => cell.share),
    width - 2 * pad,
    gap,
  )
  const cells = block.cells.map((cell, n) => stack(boxesOf(ctx, cell.blocks, columns[n]?.width ?? 0)))
  const inner = Math.max(0, ...cells.map((cell) => cell.height))
  // Set side by side it cannot be parted; one cell after the other it can.
  const parts = block.cells.flatMap((cell) => boxesOf(ctx, cell.blocks, width))
  return {
    height: inner + 2 * pad,
    parts,
    draw(x, y) {
      if (block.panel) ctx.drawing.panel(x, y, width, inner + 2 * pad, panelColor)
      cells.forEach((cell, n) => {
        const down = block.valign === 'bottom' ? inner - cell.height : 0
        cell.draw(x + pad + (columns[n]?.left ?? 0), y + pad + down)
      })
    },
  }
}

function tableBoxes(ctx: BoxContext, block: TableBlock, width: number): Box[] {
  const columns = columnsOf(
    ctx,
    block.columns.map((column) => column.share),
    width,
    10 * ctx.scale,
  )
  const linesOf = (cell: readonly (readonly Span[])[], n: number): Box[] => {
    const own = columns[n]?.width ?? 0
    return cell.flatMap((spans) =>
      ctx.text
        .lines(styled(ctx, spans, block.size), ctx.direction, own)
        .map((line) => lineBox(ctx, line, own, block.columns[n]?.align)),
    )
  }
  const head =
    block.head &&
    tableRow(
      ctx,
      columns,
      block.head.map((text, n) =>
        linesOf([[{ text, tone: 'soft', size: (block.size ?? baseSize) * 0.9 }]], n),
      ),
      width,
      4,
      true,
    )
  const rows = block.rows.map((row) => {
    const cells = row.map(linesOf)
    const whole = tableRow(ctx, columns, cells, width, block.padding ?? 5, false)
    const most = Math.max(...cells.map((cell) => cell.length))
    const parts = Array.from({ length: Math.ceil(most / 8) }, (_, n) =>
      tableRow(
        ctx,
        columns,
        cells.map((cell) => cell.slice(n * 8, n * 8 + 8)),
        width,
        2,
        false,
      ),
    )
    return head ? { ...whole, head, parts: parts.map((part) => ({ ...part, head })) } : { ...whole, parts }
  })
  return head ? [{ ...head, keepWithNext: true }, ...rows] : rows
}

function tableRow(
  ctx: BoxContext,
  columns: readonly { left: number; width: number }[],
  cells: readonly (readonly Box[])[],
  width: number,
  padding: number,
  isHead: boolean,
): Box {
  const pad = padding * ctx.scale
  const stacks = cells.map(stack)
  const height = Math.max(0, ...stacks.map((cell) => cell.height)) + 2 * pad
  return {
    height,
    draw(x, y) {
      stacks.forEach((cell, n) => cell.draw(x + (columns[n]?.left ?? 0), y + pad))
      ctx.drawing.line(x, y + height, width, isHead ? 1 : 0.6, isHead ? tones.soft : lineColor)
    },
  }
}
