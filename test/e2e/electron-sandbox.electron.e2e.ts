// Once as an ordinary user with the sandbox on, because that is how everybody runs it: the page's process is then held by
// the kernel, not only by our settings (ELE-01).
import { readFileSync, readlinkSync } from 'node:fs'
import { createClinic, meButton } from './support/acts.ts'
import { openBox } from './support/box.ts'
import { ElectronClinic, expect, test as base } from './support/electron-clinic.ts'
import { MainSide } from './support/main-side.ts'
import { launcherAsUser, whyNotAsUser } from './support/ordinary-user.ts'

const test = base.extend<{ clinic: ElectronClinic }>({
  clinic: async ({}, use) => {
    const reason = whyNotAsUser()
    if (reason) process.stderr.write(`not run as an ordinary user: ${reason}\n`)
    base.skip(reason !== null, reason ?? '')
    const box = openBox()
    const launcher = launcherAsUser(box)
    const clinic = new ElectronClinic(box, launcher ? { executablePath: launcher } : {})
    try {
      await clinic.open()
      await use(clinic)
    } finally {
      await clinic.dispose()
    }
  },
})

test('ELE-01: as an ordinary user the page is held by the kernel, and the clinic works', async ({
  clinic,
}) => {
  const { app, page } = clinic
  const owner = await app.evaluate(({ app: electron }) => ({
    uid: process.getuid?.(),
    noSandbox: electron.commandLine.hasSwitch('no-sandbox'),
    pid: process.pid,
  }))
  expect(owner.uid).not.toBe(0)
  expect(owner.noSandbox).toBe(false)

  const pagePid = await new MainSide(app).pageProcess()
  const status = readFileSync(`/proc/${pagePid}/status`, 'utf8')
  // 2: system calls are filtered; 1: no program it starts can gain rights.
  expect(status).toMatch(/^Seccomp:\s+2$/m)
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
  const namespaceOf = (pid: number, kind: string) => readlinkSync(`/proc/${pid}/ns/${kind}`)
  // The kernel shows these of a sandboxed process to root alone.
  for (const kind of process.getuid?.() === 0 ? ['user', 'pid', 'net'] : []) {
    expect(namespaceOf(pagePid, kind), `${kind} namespace`).not.toBe(namespaceOf(owner.pid, kind))
  }

  await createClinic(page)
  await expect(meButton(page)).toBeVisible()
  expect(clinic.troubles()).toEqual([])
})
