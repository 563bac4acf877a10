// "It is on the disk" before anything relies on it: a file's bytes, and a folder's names after a rename.
import { closeSync, fsyncSync, openSync } from 'node:fs'

export const syncFile = (file: string): void => syncPath(file, 'r+')

export function syncFolder(folder: string): void {
  // Windows has no directory handles to sync; its rename is journalled.
  if (process.platform !== 'win32') syncPath(folder, 'r')
}

function syncPath(place: string, flags: 'r' | 'r+'): void {
  const fd = openSync(place, flags)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
