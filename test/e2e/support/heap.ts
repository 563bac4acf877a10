// What is still in a window's memory, as strings: snapshots of its heap after the garbage is gone (SESS-03).
// Ask for words that no locator of the test names: Playwright's own part of a page remembers what it was asked.
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

/** In a browser, through its debugging protocol. */
export async function wordsInBrowserMemory(page: Page, words: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const parts: string[] = []
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk))
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    return stringsWith(parts.join(''), words)
  } finally {
    await session.detach()
  }
}

/** In the desktop app, through Electron. The file lies outside the box: it would be found there as a leak. */
export async function wordsInWindowMemory(
  app: ElectronApplication,
  words: readonly string[],
): Promise<string[]> {
  const file = path.join(tmpdir(), `osler-heap-${process.pid}-${Date.now()}.heapsnapshot`)
  try {
    await app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.takeHeapSnapshot(to),
      file,
    )
    return stringsWith(await readFile(file, 'utf8'), words)
  } finally {
    rmSync(file, { force: true })
  }
}

function stringsWith(snapshot: string, words: readonly string[]): string[] {
  const { strings } = JSON.parse(snapshot) as { strings: string[] }
  return words.flatMap((word) => {
    const found = strings.find((text) => text.includes(word))
    return found === undefined ? [] : [`${word} in: ${found.slice(0, 200)}`]
  })
}
