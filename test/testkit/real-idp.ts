// A certified OpenID provider (npm oidc-provider) on loopback, whose people sign in by themselves: for the happy path.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface RealIdp extends AsyncDisposable {
  readonly issuer: string
  /** Goes through page, login and consent as a browser does, with its cookies. */
  readonly visit: (address: string) => Promise<void>
}

export interface RealIdpOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectAddress: () => string
  readonly subject: string
  readonly amr: string[]
}

export async function realIdp(options: RealIdpOptions): Promise<RealIdp> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Made at the first request, when the clinic has said which address to register.
  let made: Provider | undefined
  const provider = () => {
    made ??= build(issuer, options)
    return made
  }
  server.on('request', (request, response) => {
    const oidc = provider()
    if (!request.url?.startsWith('/interaction/')) return void oidc.callback()(request, response)
    void answerInteraction(oidc, options).then((result) =>
      oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: true }),
    )
    async function answerInteraction(of: Provider, { subject, amr }: RealIdpOptions) {
      const asked = await of.interactionDetails(request, response)
      if (asked.prompt.name === 'login') return { login: { accountId: subject, amr, remember: false } }
      const grant = new of.Grant({ accountId: subject, clientId: String(asked.params.client_id) })
      grant.addOIDCScope('openid')
      return { consent: { grantId: await grant.save() } }
    }
  })
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return {
    issuer,
    async visit(address) {
      const cookies = new Map<string, string>()
      let next: URL | null = new URL(address)
      for (let step = 0; next && step < 12; step++) {
        const here: URL = next
        const response = await fetch(here, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const line of response.headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=')
          cookies.set(name, value)
        }
        const location = response.headers.get('location')
        next = location ? new URL(location, here) : null
      }
    },
    [Symbol.asyncDispose]: stop,
  }
}

function build(
  issuer: string,
  { clientId, clientSecret, redirectAddress, subject }: RealIdpOptions,
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        application_type: 'native',
        redirect_uris: [redirectAddress()],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    claims: { openid: ['sub', 'amr'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of this test'] },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: subject }) }),
    pkce: { required: () => true },
  })
}
