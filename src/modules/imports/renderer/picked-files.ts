// Files as people bring them: chosen one by one, a whole folder, or dropped (folders included).

export interface Picked {
  readonly files: readonly PickedFile[]
  /** Files of a folder that cannot be FHIR by their name. */
  readonly leftOut: number
  /** Name of the folder, where there is one. */
  readonly folder: string | null
}

export interface PickedFile {
  readonly file: File
  /** With its folders, as shown and as named in problems. */
  readonly name: string
}

const readable = /\.(json|ndjson|jsonl)(\.gz)?$|\.gz$/i
const longestName = 500

/** From an `<input type=file>`: files chosen by hand are all taken, a folder's other files are left out. */
export function pickedFrom(list: FileList | readonly File[]): Picked {
  const files = [...list].map((file) => ({
    file,
    name: (file.webkitRelativePath || file.name).slice(-longestName),
  }))
  return sorted(files)
}

/** From a drop. Folders are walked; the browser hands out entries a hundred at a time. */
export async function droppedFrom(transfer: DataTransfer): Promise<Picked> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return pickedFrom(transfer.files)
  const files: PickedFile[] = []
  for (const entry of entries) await walk(entry, files)
  return sorted(files)
}

function sorted(all: readonly PickedFile[]): Picked {
  const ofFolder = all.some(({ name }) => name.includes('/'))
  const files = ofFolder ? all.filter(({ name }) => readable.test(name) && !/(^|\/)\./.test(name)) : all
  const first = all[0]?.name.split('/')
  return {
    files: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    leftOut: all.length - files.length,
    folder: ofFolder && first && first.length > 1 ? (first[0] ?? null) : null,
  }
}

async function walk(entry: FileSystemEntry, into: PickedFile[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    into.push({ file, name: entry.fullPath.replace(/^\//, '').slice(-longestName) })
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return
    for (const child of some) await walk(child, into)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

export const joined = (a: Picked, b: Picked): Picked => {
  const names = new Set(a.files.map(({ name }) => name))
  return {
    files: [...a.files, ...b.files.filter(({ name }) => !names.has(name))],
    leftOut: a.leftOut + b.leftOut,
    folder: a.folder ?? b.folder,
  }
}

export const sizeOf = (picked: Picked): number => picked.files.reduce((sum, { file }) => sum + file.size, 0)
