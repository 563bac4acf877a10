// The HTTPS door: the same contracts as IPC for browsers, by cookie session (DESIGN 2.4). It proves who calls and keeps
// strangers out; what anybody may do is decided behind Host.dispatch, where every door meets.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Logger } from '../log/logger.ts'
import type { Caller, Host } from '../rpc/door-types.ts'
import { mintId } from '../store/mint.ts'
import { answer, refuse } from './answers.ts'
import { createBootstrapGate } from './bootstrap-gate.ts'
import { createEventStreams, type EventStreams, hasSession } from './events.ts'
import { allowedHosts, cookieFor, createRateLimit, isOwnAct, isSameSite, tokenFrom } from './guard.ts'
import { downloadHeaders, securityHeaders, strictTransport } from './headers.ts'
import { createServer, type ServerOptions } from './server.ts'
import { staticFile } from './static-files.ts'
import { readUpload } from './upload-body.ts'

export interface HttpsOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** Loopback unless the clinic's network is to be served. */
  readonly address?: string
  readonly tls: { readonly key: string; readonly cert: string }
  /** Names and addresses by which browsers may call this server; others are refused (DNS rebinding). */
  readonly names?: readonly string[]
  /** The built renderer. */
  readonly staticDir: string
  /** One-time, of the printed address. Without it nobody can create or unlock a clinic through this door. */
  readonly bootstrapToken?: string
  readonly log: Logger
  /** A header or body that takes longer is cut off; 15 seconds outside of tests. */
  readonly slowRequestMs?: number
}

export interface HttpsDoor {
  readonly port: number
  close(): Promise<void>
}

const defaultSlowRequestMs = 15_000

const CallBody = z.strictObject({
  input: z.unknown(),
  opId: z.string().max(100).optional(),
  background: z.boolean().optional(),
})

export async function startHttps(host: Host, given: HttpsOptions): Promise<HttpsDoor> {
  const options = { ...given, slowRequestMs: given.slowRequestMs ?? defaultSlowRequestMs }
  const app = createServer(options)
  const streams = createEventStreams(host)
  let hosts: ReadonlySet<string> = new Set()
  guardRequests(app, () => hosts, options.slowRequestMs)
  answerGenerically(app, options.log)
  addActs(app, host, options)
  addReads(app, host, options.staticDir, streams)
  await app.listen({ port: options.port, host: options.address ?? '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  hosts = allowedHosts(options.names ?? ['localhost', '127.0.0.1', '::1'], port)
  return {
    port,
    async close() {
      streams.closeAll()
      await app.close()
    },
  }
}

/** Runs for every request, known route or not. */
function guardRequests(app: FastifyInstance, hosts: () => ReadonlySet<string>, slowRequestMs: number): void {
  const withinRate = createRateLimit(() => performance.now())
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const isAct = request.method === 'POST'
    if (isAct || request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    const host = request.headers.host?.toLowerCase() ?? ''
    if (!hosts().has(host)) return await refuse(reply, 'FORBIDDEN')
    if (/^[a-z]/.test(host) && !host.startsWith('localhost'))
      reply.header('strict-transport-security', strictTransport)
    if (!withinRate(request.ip)) return await refuse(reply.header('retry-after', '5'), 'TOO_MANY_TRIES')
    if (isAct && !isOwnAct(request.headers)) return await refuse(reply, 'FORBIDDEN')
    if (isAct && !request.url.startsWith('/blob/')) cutWhenSlow(request, slowRequestMs)
  })
}

/** A body that drips in for longer than this is no form of ours (WEB-05). */
function cutWhenSlow(request: FastifyRequest, ms: number): void {
  const timer = setTimeout(() => request.raw.destroy(), ms)
  const stop = () => clearTimeout(timer)
  request.raw.once('end', stop).once('close', stop)
}

/** Lets a sender whose file was refused read why, instead of cutting the line under it. */
function dropRest(request: FastifyRequest, ms: number): void {
  request.raw.resume()
  cutWhenSlow(request, ms)
}

function answerGenerically(app: FastifyInstance, log: Logger): void {
  app.setNotFoundHandler(async (_request, reply) => await refuse(reply, 'NOT_FOUND'))
  app.setErrorHandler(async (error: { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status === 413)
      return await refuse(reply.header('connection', 'close'), 'INVALID_INPUT', { reason: 'too-large' }, 413)
    if (status < 500) return await refuse(reply, 'INVALID_INPUT')
    const opId = mintId(Date.now())
    log.error('request failed', { opId, door: 'https', error })
    return await refuse(reply, 'INTERNAL', {}, 500, opId)
  })
}

function addActs(app: FastifyInstance, host: Host, options: HttpsOptions & ServerOptions): void {
  const gate = createBootstrapGate(host, options.bootstrapToken)

  app.post<{ Params: { procedure: string } }>('/api/:procedure', async (request, reply) => {
    const body = CallBody.safeParse(request.body)
    if (!body.success) return await refuse(reply, 'INVALID_INPUT')
    const call = { procedure: request.params.procedure, ...body.data, input: body.data.input }
    return await answer(reply, await host.dispatch(call, callerOf(request, reply)))
  })

  app.post<{ Params: { name: string } }>('/bootstrap/:name', async (request, reply) => {
    const body = z.strictObject({ input: z.unknown() }).safeParse(request.body)
    if (!body.success) return await refuse(reply, 'INVALID_INPUT')
    const given = {
      name: request.params.name,
      input: body.data.input,
      token: request.headers['x-osler-token'],
    }
    return await answer(reply, await gate(given, request.ip, callerOf(request, reply)))
  })

  app.post<{ Params: { token: string } }>('/blob/:token', async (request, reply) => {
    if (request.headers['content-type'] !== 'application/octet-stream')
      return await refuse(reply, 'INVALID_INPUT')
    const result = await host.upload(request.params.token, readUpload(request.raw, options.slowRequestMs))
    if (!request.raw.readableEnded) dropRest(request, options.slowRequestMs)
    return await answer(reply, result)
  })
}

function addReads(app: FastifyInstance, host: Host, staticDir: string, streams: EventStreams): void {
  app.get('/api/events', async (request, reply) => {
    const caller = callerOf(request, reply)
    if (!isSameSite(request.headers)) return await refuse(reply, 'FORBIDDEN')
    if (!(await hasSession(host, caller))) return await refuse(reply, 'NOT_SIGNED_IN')
    reply.hijack()
    const headers = { ...(reply.getHeaders() as Record<string, string>), 'content-type': 'text/event-stream' }
    reply.raw.writeHead(200, headers)
    if (!streams.start(reply.raw, caller)) reply.raw.end()
    return reply
  })

  app.get<{ Params: { token: string } }>('/blob/:token', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return await refuse(reply, 'FORBIDDEN')
    const download = host.download(request.params.token, callerOf(request, reply))
    if (!download) return await refuse(reply, 'NOT_FOUND')
    return await reply.headers(downloadHeaders(download)).send(Buffer.from(await download.open()))
  })

  app.get('/*', async (request, reply) => {
    const file = await staticFile(staticDir, request.url.split('?', 1)[0] ?? '')
    if (!file) return await refuse(reply, 'NOT_FOUND')
    return await reply.header('content-type', file.type).header('cache-control', file.cache).send(file.body)
  })
}

function callerOf(request: FastifyRequest, reply: FastifyReply): Caller {
  return {
    door: 'https',
    token: tokenFrom(request.headers),
    source: request.ip,
    // The guard has compared it with the list of names before any route runs.
    origin: `https://${request.headers.host}`,
    setToken: (token) => void reply.header('set-cookie', cookieFor(token)),
  }
}
