// What is still in a window's memory, as strings: a snapshot of its heap after the garbage is gone (SESS-03).
import type { Page } from '@playwright/test'

/** The words among `wanted` that some string in the window's memory still contains. */
export async function stringsInMemory(page: Page, wanted: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('HeapProfiler.enable')
    for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage')
    const parts: string[] = []
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk))
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    const { strings } = JSON.parse(parts.join('')) as { strings: string[] }
    return wanted.filter((word) => strings.some((text) => text.includes(word)))
  } finally {
    await session.detach()
  }
}
