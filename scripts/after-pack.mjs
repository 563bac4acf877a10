// Called by electron-builder on the packed folder: removes Electron's own start page, which a runtime taken from
// a folder brings along and which must not answer in place of the app.
import { rmSync } from 'node:fs'
import path from 'node:path'

// electron-builder loads hooks by their default export.
export default function afterPack({ appOutDir, packager }) {
  const resources =
    packager.platform.name === 'mac'
      ? path.join(appOutDir, `${packager.appInfo.productFilename}.app/Contents/Resources`)
      : path.join(appOutDir, 'resources')
  rmSync(path.join(resources, 'default_app.asar'), { force: true })
}
