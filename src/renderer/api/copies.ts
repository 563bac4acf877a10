// All copying out of this window, by a button or by hand: what was copied is taken off the clipboard again (SECURITY
// SESS-03). On the desktop the program does it; a page in a browser does what a page may.
import { asCopied, type CopyPlace, keepCopies } from '#shared/copies.ts'
import { onLeave } from './session-store.ts'

/** Puts a text on the clipboard. To be called from a press of a button: nothing else may. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  noteCopy('clipboard', text)
}

/** Once per window. */
export function watchCopies(): void {
  // Last of all: whatever a screen does with its own copying has been done.
  window.addEventListener('copy', onCopy)
  window.addEventListener('cut', onCopy)
  if (window.osler?.platform === 'linux') document.addEventListener('selectionchange', onSelect)
  if (!window.osler) watchPage()
}

function onCopy(event: ClipboardEvent): void {
  if (event.defaultPrevented) return noteCopy('clipboard', event.clipboardData?.getData('text/plain') ?? '')
  if (isField(event.target)) return noteCopy('clipboard', selectedText())
  const text = event.type === 'copy' ? selectedText() : ''
  if (text === '' || !event.clipboardData) return
  // As plain words, so that what is there is known to the letter.
  event.preventDefault()
  event.clipboardData.setData('text/plain', text)
  noteCopy('clipboard', text)
}

type TextField = HTMLInputElement | HTMLTextAreaElement
const isField = (target: unknown): target is TextField =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

function selectedText(): string {
  const field = document.activeElement
  // Kinds of fields that tell nothing of their selection have it with the document.
  if (!isField(field) || field.selectionStart === null) return String(document.getSelection() ?? '')
  return field.value.slice(field.selectionStart, field.selectionEnd ?? undefined)
}

const selectionMs = 300
let selecting: ReturnType<typeof setTimeout> | undefined

/** On Linux what is selected can be put in elsewhere with the middle button of the mouse. */
function onSelect(): void {
  clearTimeout(selecting)
  selecting = setTimeout(() => noteCopy('selection', selectedText()), selectionMs)
}

function noteCopy(place: CopyPlace, text: string): void {
  if (asCopied(text) === '') return
  if (window.osler) void tellProgram(window.osler, place, text).catch(() => undefined)
  else page.copied(copies)
}

async function tellProgram(
  osler: NonNullable<Window['osler']>,
  place: CopyPlace,
  text: string,
): Promise<void> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(asCopied(text)))
  await osler.copied(place, hexOf(bytes))
}

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

// A page may not look at the clipboard. As long as the person has not left the page, nothing else was copied.
let copies = 0
let isOwed = false

const page = keepCopies<number>({
  holds: (copy) => copy === copies,
  empty: emptyClipboard,
  later(ms, run) {
    const timer = setTimeout(() => void run(), ms)
    return () => clearTimeout(timer)
  },
})

function watchPage(): void {
  onLeave(() => void page.clear())
  window.addEventListener('blur', () => {
    copies += 1
    isOwed = false
  })
  // Some browsers let a page write only when a key or a button was pressed: then with the next one.
  for (const sign of ['pointerup', 'keyup'] as const)
    window.addEventListener(sign, () => isOwed && emptyClipboard(), { capture: true, passive: true })
}

function emptyClipboard(): void {
  isOwed = false
  navigator.clipboard.writeText('').catch(() => {
    isOwed = document.hasFocus()
  })
}
