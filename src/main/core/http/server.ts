// The TLS server under the HTTPS door: protocol floor, sizes, times, and connections per source (WEB-01, WEB-05).
import type { Socket } from 'node:net'
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify'
import { mintId } from '../store/mint.ts'
import { refuse } from './answers.ts'
import { securityHeaders } from './headers.ts'

const jsonLimit = 1024 * 1024
const headerLimit = 16 * 1024
const connectionsPerSource = 50

export interface ServerOptions {
  readonly tls: { readonly key: string; readonly cert: string }
  readonly slowRequestMs: number
}

export function createServer(options: ServerOptions): FastifyInstance {
  const app = fastify({
    https: {
      key: options.tls.key,
      cert: options.tls.cert,
      // Browsers of this decade speak 1.3; 1.2 is the floor for older tablets (WEB-01).
      minVersion: 'TLSv1.2',
      ciphers: [
        'TLS_AES_256_GCM_SHA384',
        'TLS_AES_128_GCM_SHA256',
        'ECDHE-ECDSA-AES256-GCM-SHA384',
        'ECDHE-ECDSA-AES128-GCM-SHA256',
      ].join(':'),
      maxHeaderSize: headerLimit,
      headersTimeout: options.slowRequestMs,
      connectionsCheckingInterval: Math.min(2000, options.slowRequestMs),
      handshakeTimeout: options.slowRequestMs,
    },
    // Whole-request time cannot hold for uploads: JSON bodies get a timer below, uploads one per piece.
    requestTimeout: 0,
    keepAliveTimeout: 30_000,
    bodyLimit: jsonLimit,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    logger: false,
    trustProxy: false,
    return503OnClosing: false,
    // Paths that are no paths are refused before any hook runs.
    frameworkErrors: (_error, _request, reply) => {
      const plain = reply as unknown as FastifyReply
      void refuse(plain.headers(securityHeaders).header('cache-control', 'no-store'), 'INVALID_INPUT')
    },
    clientErrorHandler: (error, socket) => {
      // Browsers open connections ahead and may leave them idle. An answer nobody asked for would be taken for the answer
      // to the next request; a closed connection they open again by themselves.
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') socket.destroy()
      else answerRaw(socket)
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  )
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body))
  limitConnections(app as unknown as FastifyInstance)
  return app as unknown as FastifyInstance
}

/** What is no HTTP at all, or has too large a header, never reaches a route. */
function answerRaw(socket: Socket): void {
  if (!socket.writable) return void socket.destroy()
  const body = JSON.stringify({
    ok: false,
    error: { code: 'INVALID_INPUT', details: {}, opId: mintId(Date.now()) },
  })
  const headers = {
    ...securityHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`
  socket.end(`HTTP/1.1 400 Bad Request\r\nconnection: close\r\n${lines.join('')}${length}\r\n${body}`)
}

function limitConnections(app: FastifyInstance): void {
  const open = new Map<string, number>()
  app.server.on('connection', (socket: Socket) => {
    const source = socket.remoteAddress ?? ''
    const count = (open.get(source) ?? 0) + 1
    if (count > connectionsPerSource) return void socket.destroy()
    open.set(source, count)
    socket.on('close', () => {
      const left = (open.get(source) ?? 1) - 1
      if (left > 0) open.set(source, left)
      else open.delete(source)
    })
  })
}
