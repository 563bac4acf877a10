// This workstation's own key pairs: Ed25519 signs commits and checkpoints, P-256 will receive sync epochs.
import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'

export interface KeyPair {
  /** PKCS#8 DER. */
  readonly privateKey: Buffer
  /** SPKI DER. */
  readonly publicKey: Buffer
}

export const makeSigningPair = (): KeyPair => toDer(generateKeyPairSync('ed25519'))
export const makeAgreementPair = (): KeyPair => toDer(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }))

function toDer(pair: KeyPairKeyObjectResult): KeyPair {
  return {
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
  }
}

/** 16 bytes that name one incarnation of a device as a writer (SYNC 2.1). */
export function writerOf(deviceId: string, incarnation: number): Buffer {
  return createHash('sha256').update(`osler/writer/v1\0${deviceId}\0${incarnation}`).digest().subarray(0, 16)
}
