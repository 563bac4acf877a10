// Where a clinic's folder may lie (DB-05). SQLite's locks and syncs do not hold on network drives, and programs that copy
// folders to the cloud tear a database apart: both are refused before anything is opened.
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs'
import path from 'node:path'

export type PlaceProblem = 'network-drive' | 'cloud-folder'

const fuse = 0x65735546

/** File system types by their magic number, as statfs tells it on Linux. */
const networkTypes = new Map<number, string>([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [fuse, 'FUSE: sshfs, rclone, Google Drive'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x564c, 'NCP'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x786f4256, 'VirtualBox share'],
  [0xbacbacbc, 'VMware share'],
])

/** Folders the known programs make, anywhere above the clinic's. Compared in lower case. */
const cloudNames = [
  /^onedrive( -.*)?$/,
  /^dropbox( \(.*\))?$/,
  /^google drive$/,
  /^my drive$/,
  /^googledrive-.*$/,
  /^drivefs$/,
  /^icloud ?drive$/,
  /^com~apple~clouddocs$/,
  /^mobile documents$/,
  /^cloudstorage$/,
  /^nextcloud$/,
  /^owncloud$/,
  /^pcloud ?drive$/,
  /^megasync$/,
  /^box sync$/,
]
/** What they leave in a folder they look after under another name. */
const cloudMarkers = ['.dropbox.cache', '.stfolder', '.owncloudsync.log']

/** Injectable, since nobody has a network drive in a test. */
export interface PlaceLook {
  readonly typeOf: (folder: string) => number
  /** Lines as in /proc/mounts: what, where, kind, options. */
  readonly mounts: () => string
  readonly platform: NodeJS.Platform
}

const realLook: PlaceLook = {
  typeOf: (folder) => statfsSync(folder).type,
  mounts: () => readFileSync('/proc/mounts', 'utf8'),
  platform: process.platform,
}

/** `null` where a clinic may lie. The folder itself need not exist yet. */
export function placeProblem(dir: string, look: PlaceLook = realLook): PlaceProblem | null {
  const folder = realpathSync(nearest(path.resolve(dir)))
  if (isNetwork(folder, look)) return 'network-drive'
  const above = parentsOf(look.platform === 'win32' ? path.resolve(dir) : folder)
  if (above.some(isCloudName)) return 'cloud-folder'
  return above.some((at) => cloudMarkers.some((name) => existsSync(path.join(at, name))))
    ? 'cloud-folder'
    : null
}

function isNetwork(folder: string, look: PlaceLook): boolean {
  // \\server\share, and what a mapped drive resolves to.
  if (look.platform === 'win32') return folder.startsWith('\\\\') && !folder.startsWith('\\\\?\\')
  // macOS numbers its types anew at each start; there shares lie below /Volumes and /net.
  if (look.platform === 'darwin') return folder.startsWith('/net/') || folder.startsWith('/Network/')
  // A 32-bit number that some systems give with its sign.
  const type = look.typeOf(folder) >>> 0
  return networkTypes.has(type) && !(type === fuse && isLocalFuse(folder, look.mounts()))
}

/** Drives of this computer that are mounted through FUSE: NTFS and exFAT, and folders encrypted in place. */
const localFuse = /^(fuseblk|fuse\.(ntfs-3g|exfat|gocryptfs|encfs|cryfs|lxcfs|overlayfs|fuse-overlayfs))$/

function isLocalFuse(folder: string, mounts: string): boolean {
  let best = { at: '', kind: '' }
  for (const line of mounts.split('\n')) {
    const [, where = '', kind = ''] = line.split(' ')
    const at = where.replaceAll('\\040', ' ')
    const holds = folder === at || folder.startsWith(at.endsWith('/') ? at : `${at}/`)
    if (holds && at.length >= best.at.length) best = { at, kind }
  }
  return localFuse.test(best.kind)
}

const isCloudName = (at: string): boolean => {
  const name = path.basename(at).toLowerCase()
  return cloudNames.some((pattern) => pattern.test(name))
}

function nearest(dir: string): string {
  return existsSync(dir) || path.dirname(dir) === dir ? dir : nearest(path.dirname(dir))
}

function parentsOf(dir: string): string[] {
  const above = path.dirname(dir)
  return above === dir ? [dir] : [dir, ...parentsOf(above)]
}
