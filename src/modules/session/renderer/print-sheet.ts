// A sheet of a few lines through the print dialog of this window or browser. Nothing of it stays in the page.

export function printSheet(title: string, lines: readonly string[], foot: string): void {
  const holder = document.createElement('div')
  holder.className = 'print-sheet'
  const heading = document.createElement('h1')
  heading.textContent = title
  const list = document.createElement('ol')
  list.dir = 'ltr'
  for (const line of lines) {
    const item = document.createElement('li')
    item.textContent = line
    list.append(item)
  }
  const note = document.createElement('p')
  note.textContent = foot
  holder.append(heading, list, note)
  document.body.append(holder)
  document.documentElement.classList.add('print-sheet-on')
  const clear = () => {
    document.documentElement.classList.remove('print-sheet-on')
    holder.remove()
  }
  // Some browsers return from here at once and tell when the dialog is closed.
  window.addEventListener('afterprint', clear, { once: true })
  window.print()
}
