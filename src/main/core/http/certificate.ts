// The self-signed P-256 certificate with which a loopback server starts, kept in the data folder (DESIGN 5).
// A certificate of the clinic's own authority for the network comes with the door to the network.
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface TlsFiles {
  /** PEM. */
  readonly key: string
  readonly cert: string
  readonly certFile: string
}

const dayMs = 86_400_000
/** SECURITY 3.7: at most 397 days, renewed when fewer than 60 are left. */
const lifeDays = 397
const renewBelowDays = 60
export const loopbackNames = ['localhost', '127.0.0.1', '::1'] as const

export async function loadCertificate(
  dir: string,
  nowMs: number,
  names: readonly string[] = loopbackNames,
): Promise<TlsFiles> {
  const certFile = path.join(dir, 'certificate.pem')
  const keyFile = path.join(dir, 'key.pem')
  if (existsSync(certFile) && existsSync(keyFile)) {
    const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')]
    if (isGood(cert, nowMs, names)) return { key, cert, certFile }
  }
  const made = await makeCertificate(nowMs, names)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  writePrivately(keyFile, made.key)
  writePrivately(certFile, made.cert)
  return { ...made, certFile }
}

function isGood(pem: string, nowMs: number, names: readonly string[]): boolean {
  try {
    const cert = new X509Certificate(pem)
    const [from, to] = [Date.parse(cert.validFrom), Date.parse(cert.validTo)]
    const covers = (name: string) =>
      name.includes(':') || /^[\d.]+$/.test(name) ? cert.checkIP(name) : cert.checkHost(name)
    return (
      from <= nowMs &&
      to - nowMs > renewBelowDays * dayMs &&
      names.every((name) => covers(name) !== undefined)
    )
  } catch {
    return false
  }
}

/** Loaded only when one must be made: the library costs 100 ms, and it needs reflection metadata to be there first. */
async function makeCertificate(
  nowMs: number,
  names: readonly string[],
): Promise<{ key: string; cert: string }> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const isIp = (name: string) => name.includes(':') || /^[\d.]+$/.test(name)
  const cert = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Osler on this computer',
      // A little earlier, for a browser whose clock is behind.
      notBefore: new Date(nowMs - dayMs),
      notAfter: new Date(nowMs + (lifeDays - 1) * dayMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIp(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    crypto,
  )
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const lines = pkcs8.match(/.{1,64}/g)?.join('\n') ?? ''
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    cert: `${cert.toString('pem')}\n`,
  }
}

function writePrivately(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}
