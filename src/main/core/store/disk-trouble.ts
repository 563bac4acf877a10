// What the disk answered, as people are told it.
import { AppError } from '#shared/errors.ts'

/** Full disk, read-only, failing or damaged storage: said as UNAVAILABLE, never as success (REL-03). */
export function diskTrouble(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (
    typeof code === 'string' &&
    /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|CORRUPT|NOTADB)|EIO$|ENOSPC$|EDQUOT$|EROFS$|EACCES$|EBADF$)/.test(
      code,
    )
  ) {
    return new AppError('UNAVAILABLE', { storage: code }, { cause: error })
  }
  return error
}

/** For a file that nothing but the disk can refuse: whatever it said. Some answers, such as a used-up quota, have no name here. */
export function fileTrouble(error: unknown): AppError {
  const named = diskTrouble(error)
  return named instanceof AppError ? named : new AppError('UNAVAILABLE', { storage: 'EIO' }, { cause: error })
}
