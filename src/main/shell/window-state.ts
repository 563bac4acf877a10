// Where the window stood. The only thing electron-store keeps: no secret, no patient data.
import type { Rectangle } from 'electron'
import Store from 'electron-store'

export interface WindowState {
  load(): Rectangle | undefined
  save(bounds: Rectangle): void
}

export function createWindowState(): WindowState {
  const store = new Store<{ bounds?: Rectangle }>({ name: 'window', clearInvalidConfig: true })
  return {
    load: () => store.get('bounds'),
    save: (bounds) => store.set('bounds', bounds),
  }
}
