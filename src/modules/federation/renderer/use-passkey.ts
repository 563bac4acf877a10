// Between the clinic's questions and the browser's passkeys.
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import type { Me } from '#modules/session/shared/contract.ts'
import type { OutputOf } from '#shared/contract.ts'
import { federation } from '../shared/contract.ts'

type Defs = (typeof federation)['procedures']

export function usePasskeySignIn(onDone: (me: Me) => void) {
  const [isAtDevice, setAtDevice] = useState(false)
  const signIn = useAct(federation, 'passkeySignIn', { onDone })
  const challenge = useAct(federation, 'passkeyChallenge')
  const answer = async (asked: OutputOf<Defs['passkeyChallenge']>) => {
    setAtDevice(true)
    try {
      const made = await startAuthentication({
        optionsJSON: {
          challenge: asked.challenge,
          rpId: asked.rpId,
          timeout: asked.timeoutMs,
          userVerification: 'required',
          allowCredentials: [],
        },
      })
      signIn.start({
        credentialId: made.id,
        clientData: made.response.clientDataJSON,
        authenticatorData: made.response.authenticatorData,
        signature: made.response.signature,
        userHandle: made.response.userHandle ?? null,
      })
    } catch {
      // The person closed the device's question: nothing happened, and nothing is said.
    } finally {
      setAtDevice(false)
    }
  }
  return {
    start: () => {
      signIn.reset()
      challenge.start({}, (asked) => void answer(asked))
    },
    isPending: challenge.isPending || isAtDevice || signIn.isPending,
    error: challenge.error ?? signIn.error,
  }
}

/** `null` when the device or the person did not want to. */
export async function makePasskey(asked: OutputOf<Defs['passkeyBegin']>) {
  try {
    const made = await startRegistration({
      optionsJSON: {
        challenge: asked.challenge,
        rp: { id: asked.rpId, name: asked.rpName },
        user: { id: asked.userHandle, name: asked.username, displayName: asked.name },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ alg, type: 'public-key' })),
        timeout: asked.timeoutMs,
        attestation: 'none',
        excludeCredentials: asked.existing.map((id) => ({ id, type: 'public-key' })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      },
    })
    return {
      credentialId: made.id,
      clientData: made.response.clientDataJSON,
      attestation: made.response.attestationObject,
      transports: [...(made.response.transports ?? [])],
    }
  } catch {
    return null
  }
}
