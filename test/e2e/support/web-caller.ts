// A caller of the HTTPS door without a browser: cookie, origin and header as the renderer sends them.
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import path from 'node:path'
import type { Reply } from '#shared/errors.ts'
import type { WebHost } from './web-host.ts'

export class WebCaller {
  readonly #host: WebHost
  readonly #authority: string
  #cookie = ''

  constructor(host: WebHost, clinicFolder: string) {
    this.#host = host
    this.#authority = readFileSync(path.join(clinicFolder, 'tls/certificate.pem'), 'utf8')
  }

  /** Rejects on a refusal: tests call what must work. */
  async call<T = unknown>(procedure: string, input: unknown = {}): Promise<T> {
    const reply = await this.try(procedure, input)
    if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code} ${JSON.stringify(reply.error.details)}`)
    return reply.value as T
  }

  try(procedure: string, input: unknown): Promise<Reply> {
    return this.#post(`/api/${procedure}`, JSON.stringify({ input }), { 'content-type': 'application/json' })
  }

  bootstrap(name: string, input: unknown): Promise<Reply> {
    return this.#post(`/bootstrap/${name}`, JSON.stringify({ input }), {
      'content-type': 'application/json',
      'x-osler-token': this.#host.token,
    })
  }

  upload(token: string, bytes: Buffer): Promise<Reply> {
    return this.#post(`/blob/${token}`, bytes, { 'content-type': 'application/octet-stream' })
  }

  #post(target: string, body: string | Buffer, more: Record<string, string>): Promise<Reply> {
    const authority = `localhost:${this.#host.port}`
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#host.port,
          servername: 'localhost',
          ca: this.#authority,
          method: 'POST',
          path: target,
          headers: {
            host: authority,
            origin: `https://${authority}`,
            'x-osler': '1',
            ...(this.#cookie ? { cookie: this.#cookie } : {}),
            ...more,
          },
        },
        (response) => {
          const [cookie] = response.headers['set-cookie'] ?? []
          if (cookie) this.#cookie = cookie.split(';')[0] ?? ''
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8')) as Reply))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
