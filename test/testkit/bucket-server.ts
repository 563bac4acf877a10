// A real S3 server on loopback, and a line to it that can be cut.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

interface Rver {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}
type RverClass = new (options: Record<string, unknown>) => Rver

export interface BucketServer extends AsyncDisposable {
  readonly endpoint: string
  readonly bucket: string
  readonly accessKey: string
  readonly secretKey: string
  /** Where the server keeps an object's bytes: for damaging what lies there. */
  objectFile(key: string): string
  objects(): string[]
  /** Another address of the same server; everything sent over it after so many bytes is lost. */
  lineCutAfter(bytes: number): Promise<string>
  stop(): Promise<void>
}

export async function bucketServer(): Promise<BucketServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'osler-bucket-'))
  const S3rver = createRequire(import.meta.url)('s3rver') as RverClass
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,

    directory,
    configureBuckets: [{ name: 'backups' }],
  })
  const { port } = await server.run()
  const lines: Server[] = []
  const sockets = new Set<Socket>()
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    for (const socket of sockets) socket.destroy()
    for (const line of lines) line.close()
    await server.close()
  }
  const folder = path.join(directory, 'backups')
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'backups',
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    objectFile: (key) => path.join(folder, `${key}._S3rver_object`),
    objects: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('._S3rver_object'))
            .map((name) => name.replace('._S3rver_object', ''))
        : [],
    async lineCutAfter(bytes) {
      const line = createServer((socket) => {
        const onward = connect(port, '127.0.0.1')
        let sent = 0
        sockets.add(socket).add(onward)
        socket.on('data', (data: Buffer) => {
          sent += data.length
          if (sent > bytes) {
            socket.destroy()
            onward.destroy()
          } else onward.write(data)
        })
        onward.pipe(socket)
        for (const each of [socket, onward]) each.on('error', () => {})
      })
      lines.push(line)
      await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(line.address() as AddressInfo).port}`
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
