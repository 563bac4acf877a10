// A backup's own key, sealed twice: to the emergency kit's public half (this computer can write such backups and never
// read them with the kit's key), and under the clinic's backup key for those who can open the clinic anyway (BAK-02).
import { sealingSuite } from '../keys/kit.ts'
import { unwrapKey, wrapKey } from '../keys/wrap.ts'
import type { HeaderBody } from './header.ts'
import { type BackupKeys, BackupRefused } from './types.ts'

const info = Buffer.from('osler/backup-kit/v1')
const contextOf = (part: string, of: Pick<HeaderBody, 'clinicId' | 'backupId'>) =>
  JSON.stringify(['osler/backup/v1', part, of.clinicId, of.backupId])
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const bytesOf = (text: string) => Buffer.from(text, 'base64url')
const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

export async function sealFileKey(
  fileKey: Uint8Array,
  keys: Pick<BackupKeys, 'kit' | 'backupWrap'>,
  of: Pick<HeaderBody, 'clinicId' | 'backupId'>,
): Promise<HeaderBody['sealed']> {
  const root = wrapKey(keys.backupWrap, fileKey, contextOf('root', of))
  return {
    root: { nonce: b64(root.nonce), wrapped: b64(root.wrapped) },
    kit: keys.kit ? await sealToKit(fileKey, keys.kit, of) : null,
  }
}

async function sealToKit(
  fileKey: Uint8Array,
  kit: NonNullable<BackupKeys['kit']>,
  of: Pick<HeaderBody, 'clinicId' | 'backupId'>,
): Promise<NonNullable<HeaderBody['sealed']['kit']>> {
  const suite = sealingSuite()
  const recipientPublicKey = await suite.kem.deserializePublicKey(bufferOf(kit.publicKey))
  const sender = await suite.createSenderContext({ recipientPublicKey, info: bufferOf(info) })
  const sealed = await sender.seal(bufferOf(fileKey), bufferOf(Buffer.from(contextOf('kit', of))))
  return { id: kit.id, enc: b64(new Uint8Array(sender.enc)), sealed: b64(new Uint8Array(sealed)) }
}

/** @throws BackupRefused `wrong-kit` when it was sealed to another one, or to none. */
export async function openWithKit(privateKey: Uint8Array, body: HeaderBody): Promise<Buffer> {
  const { kit } = body.sealed
  if (!kit) throw new BackupRefused('wrong-kit')
  try {
    const suite = sealingSuite()
    const recipientKey = await suite.kem.deserializePrivateKey(bufferOf(privateKey))
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: bufferOf(bytesOf(kit.enc)),
      info: bufferOf(info),
    })
    const aad = bufferOf(Buffer.from(contextOf('kit', body)))
    return Buffer.from(await recipient.open(bufferOf(bytesOf(kit.sealed)), aad))
  } catch (error) {
    throw new BackupRefused('wrong-kit', { cause: error })
  }
}

/** @throws BackupRefused `wrong-key` for a backup of another clinic, or of a root key that is gone. */
export function openWithRoot(backupWrap: Uint8Array, body: HeaderBody): Buffer {
  const { nonce, wrapped } = body.sealed.root
  const key = unwrapKey(
    backupWrap,
    { nonce: bytesOf(nonce), wrapped: bytesOf(wrapped) },
    contextOf('root', body),
  )
  if (!key) throw new BackupRefused('wrong-key')
  return key
}

export function sealManifest(
  fileKey: Uint8Array,
  text: string,
  of: Pick<HeaderBody, 'clinicId' | 'backupId'>,
) {
  const { nonce, wrapped } = wrapKey(fileKey, Buffer.from(text, 'utf8'), contextOf('manifest', of))
  return { nonce: b64(nonce), wrapped: b64(wrapped) }
}

export function openManifest(fileKey: Uint8Array, body: HeaderBody): Buffer {
  const { nonce, wrapped } = body.manifest
  const text = unwrapKey(
    fileKey,
    { nonce: bytesOf(nonce), wrapped: bytesOf(wrapped) },
    contextOf('manifest', body),
  )
  if (!text) throw new BackupRefused('damaged')
  return text
}
