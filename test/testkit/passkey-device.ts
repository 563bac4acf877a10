// A security key in software, with every part of its answers open to be wrong: keeps P-256 keys, counts, says whether it
// has checked the person (WebAuthn 6). Written on node:crypto and a few lines of CBOR.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Question {
  readonly challenge: string
  readonly rpId: string
  readonly origin: string
}

export interface Wrong {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly isUnverified?: boolean
  readonly counter?: number
  readonly crossOrigin?: boolean
  readonly signWith?: KeyObject
  readonly userHandle?: string | null
}

const b64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')
const sha256 = (value: string | Uint8Array) => createHash('sha256').update(value).digest()

export function passkeyDevice(userHandle: string | null = null) {
  const id = randomBytes(32)
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let counter = 0
  const clientData = (type: string, asked: Question, wrong: Wrong) =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? asked.challenge,
        origin: wrong.origin ?? asked.origin,
        crossOrigin: wrong.crossOrigin ?? false,
      }),
    )
  const authData = (asked: Question, wrong: Wrong, attested?: Buffer) => {
    const flags = 0x01 | (wrong.isUnverified ? 0 : 0x04) | (attested ? 0x40 : 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(wrong.counter ?? counter, 1)
    return Buffer.concat([sha256(wrong.rpId ?? asked.rpId), head, attested ?? Buffer.alloc(0)])
  }
  return {
    credentialId: b64(id),
    create(asked: Question, wrong: Wrong = {}) {
      const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
      // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const data = authData(asked, wrong, Buffer.concat([Buffer.alloc(16), length, id, cose]))
      const size = Buffer.alloc(2)
      size.writeUInt16BE(data.length)
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        size,
        data,
      ])
      return {
        credentialId: b64(id),
        clientData: b64(clientData('webauthn.create', asked, wrong)),
        attestation: b64(attestation),
        transports: ['internal'],
      }
    },
    get(asked: Question, wrong: Wrong = {}) {
      counter += 1
      const client = clientData('webauthn.get', asked, wrong)
      const data = authData(asked, wrong)
      const signature = sign(
        'sha256',
        Buffer.concat([data, sha256(client)]),
        wrong.signWith ?? pair.privateKey,
      )
      return {
        credentialId: b64(id),
        clientData: b64(client),
        authenticatorData: b64(data),
        signature: b64(signature),
        userHandle: wrong.userHandle === undefined ? userHandle : wrong.userHandle,
      }
    },
  }
}
