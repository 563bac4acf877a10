// Unfinished forms of this window, in memory only: they survive a change of page and a lock, never a reload.
// While the window is locked they are kept encrypted under a key that cannot be read out (SECURITY SESS-03),
// and only the person who typed them gets them back.
import { useEffect, useState } from 'react'
import { onLeave, useMe } from '#renderer/api/session-store.ts'

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

const open = new Map<string, unknown>()
const sealed = new Map<string, Sealed>()
let key: CryptoKey | null = null
/** A lock may be followed by an unlock before the sealing is through. */
let sealing: Promise<void> = Promise.resolve()

onLeave(() => {
  const entries = [...open]
  open.clear()
  if (entries.length === 0) return
  sealing = sealing.then(() => sealAll(entries)).catch(() => sealed.clear())
})

async function sealAll(entries: readonly [string, unknown][]): Promise<void> {
  key ??= await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  for (const [name, value] of entries) {
    const bytes = new TextEncoder().encode(JSON.stringify(value))
    const iv = crypto.getRandomValues(new Uint8Array(12))
    sealed.set(name, { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) })
    bytes.fill(0)
  }
}

const nameOf = (userId: string, form: string) => `${userId} ${form}`

export async function readDraft<T>(userId: string, form: string): Promise<T | null> {
  await sealing
  const name = nameOf(userId, form)
  if (open.has(name)) return open.get(name) as T
  const entry = sealed.get(name)
  if (!entry || !key) return null
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: entry.iv }, key, entry.data)
  const value = JSON.parse(new TextDecoder().decode(bytes)) as T
  sealed.delete(name)
  open.set(name, value)
  return value
}

export function keepDraft(userId: string, form: string, value: unknown): void {
  open.set(nameOf(userId, form), value)
}

export function dropDraft(userId: string, form: string): void {
  open.delete(nameOf(userId, form))
  sealed.delete(nameOf(userId, form))
}

export interface FormDraft<T> {
  /** False for the moment it takes to look: show no form yet, or it would overwrite the draft. */
  readonly isReady: boolean
  readonly draft: T | null
  readonly keep: (value: T) => void
  readonly drop: () => void
}

/** The draft of one form (`register`, or a patient's id) of the person signed in. */
export function useFormDraft<T>(form: string): FormDraft<T> {
  const { userId } = useMe()
  const [found, setFound] = useState<{ name: string; draft: T | null } | null>(null)
  const name = nameOf(userId, form)
  useEffect(() => {
    let isCurrent = true
    readDraft<T>(userId, form).then(
      (draft) => isCurrent && setFound({ name, draft }),
      () => isCurrent && setFound({ name, draft: null }),
    )
    return () => {
      isCurrent = false
    }
  }, [userId, form, name])
  const isReady = found?.name === name
  return {
    isReady,
    draft: isReady ? found.draft : null,
    keep: (value) => keepDraft(userId, form, value),
    drop: () => dropDraft(userId, form),
  }
}
