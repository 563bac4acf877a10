// What modules may have done with the clinic's keys without ever seeing one.
import { createHmac, sign } from 'node:crypto'
import type { Services } from '../rpc/services.ts'
import { ed25519PrivateKey } from '../store/commit.ts'
import type { ClinicKeys } from './types.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

type SecretWork = Pick<
  Services,
  'signAsDevice' | 'devicePublicKey' | 'sealSecret' | 'openSecret' | 'keyedDigest'
>

export function secretWork(keys: ClinicKeys): SecretWork {
  return {
    signAsDevice: (bytes) => sign(null, bytes, ed25519PrivateKey(keys.device.privateKey)),
    devicePublicKey: keys.device.publicKey,
    sealSecret: (label, plain) => {
      const { nonce, wrapped } = wrapKey(keys.totpSeeds, plain, label)
      return Buffer.concat([nonce, wrapped])
    },
    openSecret: (label, sealed) =>
      unwrapKey(
        keys.totpSeeds,
        { nonce: Buffer.from(sealed.subarray(0, 12)), wrapped: Buffer.from(sealed.subarray(12)) },
        label,
      ),
    keyedDigest: (label, text) => createHmac('sha256', keys.pepper).update(`${label}\0${text}`).digest(),
  }
}
