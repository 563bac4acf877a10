// The one place where the desktop app opens a page outside of itself, in the person's own browser (ELE-04).
import { shell } from 'electron'
import { requireAllowedLink } from '#core/external-link.ts'
import type { OpenExternal } from '#core/rpc/services.ts'

export const openExternal: OpenExternal = async (url, allowed) => {
  await shell.openExternal(requireAllowedLink(url, allowed))
}
