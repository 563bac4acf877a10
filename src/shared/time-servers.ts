// Names of time servers as an administrator writes them: `host`, `host:port`, `[address]:port`.
import * as z from 'zod'

export interface TimeServer {
  readonly host: string
  readonly port: number
}

/** As many answers as a wrong one among them can be told by. */
export const mostTimeServers = 4
const ntpPort = 123
const written = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?))(?::(\d{1,5}))?$/i

/** `null` where it is no such name. */
export function timeServerOf(text: string): TimeServer | null {
  const [, six, name, port] = written.exec(text) ?? []
  const host = six ?? name
  const number = port === undefined ? ntpPort : Number(port)
  if (host === undefined || host.length > 253 || number < 1 || number > 65_535) return null
  return { host, port: number }
}

export const TimeServerName = z
  .string()
  .trim()
  .max(262)
  .refine((text) => timeServerOf(text) !== null, { error: 'not a host or host:port' })
