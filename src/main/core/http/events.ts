// Server-sent events: names of changed tables, to people with a living session and to nobody else.
import type { ServerResponse } from 'node:http'
import type { Caller, Host } from '../rpc/door-types.ts'

const heartbeatMs = 20_000
/** A transaction of an import announces many tables many times: one event for what came within this time. */
const gatherMs = 50
const perSource = 12

export interface EventStreams {
  /** Takes the response over; `false` when this source has too many streams already. */
  start(response: ServerResponse, caller: Caller): boolean
  closeAll(): void
}

/** True while the token stands for a session. Asking is no act of a person, so it keeps nothing alive (SESS-02). */
export async function hasSession(host: Host, caller: Caller): Promise<boolean> {
  if (caller.token === null) return false
  const reply = await host.dispatch({ procedure: 'session.me', input: {}, background: true }, caller)
  return reply.ok
}

export function createEventStreams(host: Host): EventStreams {
  const streams = new Map<ServerResponse, string>()
  const start: EventStreams['start'] = (response, caller) => {
    const own = [...streams.values()].filter((source) => source === caller.source)
    if (own.length >= perSource) return false
    streams.set(response, caller.source)
    const gathered = new Set<string>()
    let gathering: NodeJS.Timeout | undefined

    const send = async () => {
      gathering = undefined
      // A person who was signed out or disabled a moment ago hears nothing any more (SESS-06).
      if (!(await hasSession(host, caller))) {
        response.end()
        return
      }
      const tables = [...gathered]
      gathered.clear()
      // A reader that does not read is cut off instead of piling up events here.
      const taken = response.write(tables.length > 0 ? `data: ${JSON.stringify(tables)}\n\n` : ': \n\n')
      if (!taken && response.writableLength > 65_536) response.destroy()
    }
    const stopListening = host.onChanged((tables) => {
      for (const table of tables) gathered.add(table)
      gathering ??= setTimeout(() => void send(), gatherMs)
    })
    const heartbeat = setInterval(() => void send(), heartbeatMs)
    response.on('close', () => {
      stopListening()
      clearInterval(heartbeat)
      clearTimeout(gathering)
      streams.delete(response)
    })
    response.write('retry: 2000\n\n')
    return true
  }
  return {
    start,
    closeAll: () => {
      for (const response of streams.keys()) response.end()
    },
  }
}
