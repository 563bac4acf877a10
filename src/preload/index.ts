// The whole bridge between a window and the machine: four functions and a word. No Electron API leaks through it.
import { contextBridge, ipcRenderer } from 'electron'
import { channels } from '#shared/channels.ts'

contextBridge.exposeInMainWorld('osler', {
  call: (request: unknown) => ipcRenderer.invoke(channels.call, request),
  bootstrap: (name: unknown, input: unknown) => ipcRenderer.invoke(channels.bootstrap, name, input),
  onChanged: (listener: (tables: readonly string[]) => void) => {
    const forward = (_event: unknown, tables: readonly string[]) => listener(tables)
    ipcRenderer.on(channels.changed, forward)
    return () => {
      ipcRenderer.removeListener(channels.changed, forward)
    }
  },
  copied: (place: unknown, digest: unknown) => ipcRenderer.invoke(channels.copied, { place, digest }),
  platform: process.platform,
})
