// The IPC door: one channel for calls, one for bootstrap. It proves who is asking (our page, main frame of a known
// window), keeps that window's session token out of the window, and hands everything on to the host.
import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { Caller, Host } from '#core/rpc/door-types.ts'
import type { Logger } from '#core/log/logger.ts'
import { mintId } from '#core/store/mint.ts'
import { channels } from '#shared/channels.ts'
import type { Reply } from '#shared/errors.ts'
import { appOrigin } from './app-scheme.ts'
import type { Copies } from './copies.ts'

export interface IpcDoor {
  admit(window: BrowserWindow): void
  /** Locks every session: the screen was locked or the machine goes to sleep. */
  lockAll(): Promise<void>
}

/** `devServer` is the Vite address during development and undefined in every build. */
export function openIpcDoor(host: Host, log: Logger, devServer: string | undefined, copies: Copies): IpcDoor {
  const callers = new Map<number, Caller & { token: string | null }>()
  const windows = new Set<BrowserWindow>()

  const callerOf = (event: IpcMainInvokeEvent): Caller | undefined => {
    const frame = event.senderFrame
    const origins = devServer === undefined ? [appOrigin] : [appOrigin, new URL(devServer).origin]
    const ours = frame !== null && frame === event.sender.mainFrame && origins.includes(frame.origin)
    return ours ? callers.get(event.sender.id) : undefined
  }
  const stranger = (): Reply => {
    log.warn('call from an unknown frame', { door: 'ipc' })
    return { ok: false, error: { code: 'FORBIDDEN', details: {}, opId: mintId(Date.now()) } }
  }

  ipcMain.handle(channels.call, async (event, request: unknown): Promise<Reply> => {
    const caller = callerOf(event)
    if (!caller) return stranger()
    const { procedure, input, opId, background } = (request ?? {}) as Record<string, unknown>
    const reply = await host.dispatch(
      {
        procedure: typeof procedure === 'string' ? procedure : '',
        input,
        opId: opId === undefined ? undefined : typeof opId === 'string' ? opId : '',
        background: background === true,
      },
      caller,
    )
    if (isLeaving(procedure, reply)) void copies.clear()
    return reply
  })
  ipcMain.handle(channels.bootstrap, (event, name: unknown, input: unknown): Promise<Reply> | Reply => {
    const caller = callerOf(event)
    return caller ? host.bootstrap(String(name), input, caller) : stranger()
  })
  ipcMain.handle(channels.copied, (event, message: unknown): void => {
    if (!callerOf(event) || !copies.copied(message)) stranger()
  })
  host.onChanged((tables) => {
    for (const window of windows) if (!window.isDestroyed()) window.webContents.send(channels.changed, tables)
  })

  return {
    admit(window) {
      const id = window.webContents.id
      const caller: Caller & { token: string | null } = {
        door: 'ipc',
        token: null,
        source: `window-${id}`,
        setToken: (token) => {
          caller.token = token
        },
      }
      callers.set(id, caller)
      windows.add(window)
      window.on('closed', () => {
        windows.delete(window)
        callers.delete(id)
        void copies.clear()
        if (caller.token !== null) void host.dispatch({ procedure: 'session.signOut', input: {} }, caller)
      })
    },
    async lockAll() {
      void copies.clear()
      const signedIn = [...callers.values()].filter((c) => c.token !== null)
      await Promise.all(signedIn.map((c) => host.dispatch({ procedure: 'session.lock', input: {} }, c)))
    },
  }
}

const leaves: ReadonlySet<unknown> = new Set(['session.lock', 'session.signOut'])

/** The window shows nobody's work from here on: it was locked, or it hears that its session is. */
const isLeaving = (procedure: unknown, reply: Reply): boolean =>
  reply.ok
    ? leaves.has(procedure)
    : reply.error.code === 'SESSION_LOCKED' || reply.error.code === 'NOT_SIGNED_IN'
