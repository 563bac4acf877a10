// `npm run gallery`: drives the real app through every screen in every variant and leaves pictures in gallery/ (ignored
// by git). Exit 1 and a table when something overflows, overlaps, is not translated, or breaks an accessibility rule.
// `-- --only chart,today` walks some screens; `-- --variant dark,arabic` some variants.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap, root, runForeground } from './bootstrap.mjs'

const { node, env } = bootstrap({ system: ['window', 'tests'] })
const inside = 'OSLER_GALLERY_INSIDE'
if (!process.env[inside]) {
  // Once more on Node 24, with an Electron to drive and a display for it.
  const args = ['scripts/electron.mjs', 'exec', 'node', 'scripts/gallery.mjs', ...process.argv.slice(2)]
  process.exit(await runForeground(node, args, { env: { ...env, [inside]: '1' } }))
}

const { chromium } = await import('@playwright/test')
const { browserOptions } = await import('../test/e2e/support/browser.ts')
const { openBox } = await import('../test/e2e/support/box.ts')
const { WebHost } = await import('../test/e2e/support/web-host.ts')
const { WebCaller } = await import('../test/e2e/support/web-caller.ts')
const { ElectronClinic } = await import('../test/e2e/support/electron-clinic.ts')
const all = await import('../test/e2e/looks/screens.ts')
const { administrator, biller, chooseSights, desk, nurse, officer } = await import(
  '../test/e2e/looks/sights.ts'
)
const { everyVariant, takeOn } = await import('../test/e2e/looks/variants.ts')
const { walk } = await import('../test/e2e/looks/walk.ts')
const { wordsIn } = await import('../test/e2e/looks/words.ts')
const { makeOwnClinic } = await import('../test/e2e/looks/own-clinic.ts')
const { fillCreateClinic, founder, takeKit } = await import('../test/e2e/support/acts.ts')
const { callFrom } = await import('../test/e2e/support/call.ts')
const { demoPassword } = await import('../src/shared/demo.ts')

const { values } = parseArgs({ options: { only: { type: 'string' }, variant: { type: 'string' } } })
const wanted = values.only?.split(',')
const some = (screens) =>
  screens.filter(({ name }) => !wanted || wanted.some((part) => name.startsWith(part)))
const chosen = values.variant?.split(',')
const variants = everyVariant.filter(({ name }) => !chosen || chosen.some((part) => name.includes(part)))

const gallery = path.join(root, 'gallery')
if (!wanted && !values.variant) rmSync(gallery, { recursive: true, force: true })
const faults = []
let pictures = 0

async function look(page, screens, variant, more = {}) {
  const folder = path.join(gallery, variant.name)
  mkdirSync(folder, { recursive: true })
  const picture = (name) => {
    pictures += 1
    return path.join(folder, `${name}.png`)
  }
  faults.push(...(await walk(page, some(screens), { variant, picture, ...more })))
}

async function signIn(page, t, username, password = demoPassword) {
  await page.getByLabel(t('session', 'in.username')).fill(username)
  await page.getByLabel(t('session', 'password.label'), { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.os-me').waitFor()
}

/** All that is not looked at in a clinic of its own (`ownGallery`). */
const demoScreens = [
  all.firstStartScreens,
  all.signedOutScreens,
  all.deskScreens,
  all.nurseScreens,
  all.billingScreens,
  all.privacyScreens,
  all.adminScreens,
  all.doctorScreens,
  all.lockedScreens,
  all.closedScreens,
  all.brokenScreens,
  all.kitScreens,
  all.kitUnlockScreens,
]

/** The address with its token again: the page forgets the token with every load. */
async function enter(page, host, variant) {
  await page.goto(host.origin)
  await takeOn(page, variant)
  await page.goto('about:blank')
  await page.goto(host.address)
}

async function webGallery() {
  const box = openBox()
  const browser = await chromium.launch(browserOptions)
  const context = () => browser.newContext({ ignoreHTTPSErrors: true })
  try {
    if (demoScreens.every((screens) => some(screens).length === 0)) return await ownGallery(context)
    const host = await WebHost.start({ dir: box.clinic, env: box.env })
    const first = await (await context()).newPage()
    for (const variant of variants) {
      await enter(first, host, variant)
      await look(first, all.firstStartScreens, variant)
    }
    // The demo clinic speaks the language of whoever opens it.
    await enter(first, host, everyVariant[0])
    const t = wordsIn('en')
    await first.getByRole('button', { name: t('session', 'first.demo') }).click()
    await first.locator('.os-me').waitFor({ timeout: 120_000 })
    const sights = await chooseSights(new WebCaller(host, box.clinic))
    const other = await (await context()).newPage()
    await other.goto(host.origin)
    const people = [
      [desk, all.deskScreens],
      [nurse, all.nurseScreens],
      [biller, all.billingScreens],
      [officer, all.privacyScreens],
      [administrator, all.adminScreens],
    ]
    for (const variant of variants) {
      await takeOn(other, variant)
      await look(other, all.signedOutScreens, variant)
      for (const [username, screens] of people) {
        if (some(screens).length === 0) continue
        await other.reload()
        await signIn(other, wordsIn(variant.language), username)
        await look(other, screens, variant, { sights })
        await leave(other, wordsIn(variant.language))
      }
      await takeOn(first, variant)
      await first.locator('.os-me').waitFor()
      await look(first, all.doctorScreens, variant, { sights })
      await lockAndUnlock(first, variant)
      process.stderr.write(`${variant.name}: done\n`)
    }
    await host.end('SIGTERM')
    await beforeOpening(box, await (await context()).newPage())
    await aroundTheKit(box, await (await context()).newPage())
    await ownGallery(context)
  } finally {
    await browser.close()
    box.remove()
  }
}

async function leave(page, t) {
  await page.locator('.os-me').click()
  await page.getByRole('menu').locator('.bp6-menu-item').last().click()
  await page.getByLabel(t('session', 'in.username')).waitFor()
}

async function lockAndUnlock(page, variant) {
  await page.keyboard.press('ControlOrMeta+l')
  await look(page, all.lockedScreens, variant)
  await page
    .getByLabel(wordsIn(variant.language)('session', 'password.label'), { exact: true })
    .fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.locator('.os-me').waitFor()
}

/** A clinic whose kit is not on paper yet, then one that its kit opens. */
async function aroundTheKit(box, page) {
  const dir = path.join(box.clinic, 'own')
  const start = () => WebHost.start({ dir, env: box.env })
  let host = await start()
  const [first] = everyVariant
  await enter(page, host, first)
  await fillCreateClinic(page)
  await page.locator('.kit-sheet').waitFor({ timeout: 60_000 })
  for (const variant of variants) {
    await enter(page, host, variant)
    await look(page, all.kitScreens, variant)
  }
  await enter(page, host, first)
  await takeKit(page)
  await page.locator('.os-me').waitFor({ timeout: 60_000 })
  await host.end('SIGTERM')
  host = await start()
  for (const variant of variants) {
    await enter(page, host, variant)
    await look(page, all.kitUnlockScreens, variant)
  }
  await host.end('SIGTERM')
}

/** A clinic with a kit, colleagues and backups: its day, then what can happen to it one bad morning. */
async function ownGallery(context) {
  const none = { kit: [], backupFolder: '' }
  const screens = [
    all.ownAdminScreens(none),
    all.ownDoorScreens,
    all.ownClosedScreens(''),
    all.downtimeScreens(''),
    all.kitUsedScreens('', none),
    all.ownRestoreScreens('', none),
  ]
  if (screens.every((theirs) => some(theirs).length === 0)) return
  const box = openBox()
  const dir = box.clinic
  const start = (folder = dir) => WebHost.start({ dir: folder, env: box.env })
  const [first] = everyVariant
  const lookAll = async (page, host, screens, wantedVariants = variants) => {
    if (some(screens).length === 0) return
    for (const variant of wantedVariants) {
      await enter(page, host, variant)
      await look(page, screens, variant)
    }
  }
  try {
    let host = await start()
    const own = await makeOwnClinic(host, dir, path.join(box.root, 'outside'))
    const page = await (await context()).newPage()
    await enter(page, host, first)
    await signIn(page, wordsIn('en'), founder.username, founder.password)
    await callFrom(page, 'session.switchRole', { role: 'admin' })
    const rules = await callFrom(page, 'session.rules')
    await callFrom(page, 'session.setRules', { ...rules, secondFactorDays: 0 })
    await lookAll(page, host, all.ownAdminScreens(own))
    const door = await (await context()).newPage()
    await lookAll(door, host, all.ownDoorScreens)
    await host.end('SIGTERM')

    host = await start()
    await lookAll(door, host, all.ownClosedScreens(host.address))
    await host.end('SIGTERM')

    const records = path.join(dir, 'clinic.db')
    copyFileSync(records, path.join(box.root, 'kept.db'))
    writeFileSync(records, Buffer.alloc(64 * 1024, 0x5a))
    host = await start()
    await lookAll(door, host, all.downtimeScreens(host.address))
    await host.end('SIGTERM')

    copyFileSync(path.join(box.root, 'kept.db'), records)
    host = await start()
    await lookAll(door, host, all.kitUsedScreens(host.address, own))
    await host.end('SIGTERM')

    // A computer each: all in a row would be more tries at a kit than one address may make in a minute.
    for (const variant of variants) {
      host = await start(path.join(box.root, `empty-${variant.name}`))
      await lookAll(door, host, all.ownRestoreScreens(host.address, own), [variant])
      await host.end('SIGTERM')
    }
  } finally {
    box.remove()
  }
}

/** A clinic that is closed, and one whose key file is damaged. */
async function beforeOpening(box, page) {
  const dir = path.join(box.clinic, 'demo')
  for (const screens of [all.closedScreens, all.brokenScreens]) {
    const host = await WebHost.start({ dir, env: box.env })
    for (const variant of variants) {
      await enter(page, host, variant)
      await look(page, screens, variant)
    }
    await host.end('SIGTERM')
    for (const name of ['keys.json', 'keys.json.old']) writeFileSync(path.join(dir, name), 'damaged')
  }
}

/** The desktop's own: the same first screens in a real window. */
async function electronGallery() {
  const clinic = new ElectronClinic(openBox())
  try {
    const page = await clinic.open()
    await look(page, all.firstStartScreens, { ...everyVariant[0], name: 'electron' })
  } finally {
    await clinic.dispose()
  }
}

await webGallery()
if (!values.variant) await electronGallery()
if (faults.length > 0) {
  console.table(
    faults.map(({ screen, variant, kind, what }) => ({ screen, variant, kind, what: what.slice(0, 110) })),
  )
}
writeFileSync(path.join(gallery, 'faults.json'), `${JSON.stringify(faults, null, 1)}\n`)
process.stdout.write(`${pictures} pictures in gallery/, ${faults.length} faults\n`)
process.exitCode = faults.length > 0 ? 1 : 0
