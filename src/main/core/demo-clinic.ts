// The demo clinic: a folder of its own inside the clinic's, made once, opened with a public password.
import { renameSync, rmSync } from 'node:fs'
import type { CreateClinic } from '#shared/bootstrap.ts'
import { clinicFolder, folderState } from './clinic-folder.ts'
import type { OpenClinic } from './clinic-types.ts'
import { KeyFileDamaged } from './keys/key-file.ts'
import { createClinicIn, type OpenedClinic, type OpeningOptions, unlockClinicIn } from './opened-clinic.ts'

/** As the composition root describes it. */
export interface DemoClinic {
  readonly founding: (locale: string) => CreateClinic
  readonly fill: (clinic: OpenClinic, about: { locale: string; founderId: string }) => Promise<void> | void
}

/** `lock` takes the folder for this process, or throws. */
export async function openDemoClinic(
  options: OpeningOptions,
  demo: DemoClinic,
  locale: string,
  lock: (dir: string) => Promise<void>,
): Promise<OpenedClinic> {
  const founding = demo.founding(locale)
  if (folderState(options.folder) === 'empty') await makeDemo(options, demo, founding, locale)
  await lock(options.folder.dir)
  let opened = await unlockClinicIn(options, founding.admin)
  if (!opened) {
    // Somebody changed the public password. A demo nobody can enter is of no use: make a new one.
    await makeDemo(options, demo, founding, locale)
    opened = await unlockClinicIn(options, founding.admin)
  }
  if (!opened) throw new KeyFileDamaged()
  return opened
}

/** Filled beside and renamed into place, so that a demo clinic is whole or absent. */
async function makeDemo(
  options: OpeningOptions,
  demo: DemoClinic,
  founding: CreateClinic,
  locale: string,
): Promise<void> {
  const fresh = clinicFolder(`${options.folder.dir}.new`)
  rmSync(fresh.dir, { recursive: true, force: true })
  const made = await createClinicIn({ ...options, folder: fresh }, founding, (clinic, founderId) =>
    demo.fill(clinic, { locale, founderId }),
  )
  made.finish()
  await made.close()
  rmSync(options.folder.dir, { recursive: true, force: true })
  renameSync(fresh.dir, options.folder.dir)
}
