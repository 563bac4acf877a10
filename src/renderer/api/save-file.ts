// Saving a file the clinic handed out under a one-time token.

/** The window or browser asks where to; the bytes never pass through the page. */
export function saveFile({ token, name }: { readonly token: string; readonly name: string }): void {
  const link = document.createElement('a')
  link.href = `/blob/${encodeURIComponent(token)}`
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}
