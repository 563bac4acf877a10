// Printers of this workstation, whatever prints on it. Names and job numbers are the printing system's own.
import type { PageSize } from '../pdf/document-model.ts'

export interface PrinterInfo {
  readonly name: string
  readonly isDefault: boolean
  readonly state: 'idle' | 'printing' | 'stopped' | 'unknown'
}

export interface PrintOrder {
  readonly printer: string
  /** Stands in the printer's list, where anybody may read it: no patient's name. */
  readonly title: string
  readonly page: PageSize
  readonly bytes: Uint8Array
}

/** `waiting` has not begun; a stopped printer keeps it there. */
export type SystemJobState = 'waiting' | 'printing' | 'done' | 'failed' | 'cancelled' | 'lost'

export type PrintErrorCode = 'NO_PRINT_SYSTEM' | 'PRINTER_UNKNOWN' | 'REFUSED'

export class PrintError extends Error {
  readonly code: PrintErrorCode
  constructor(code: PrintErrorCode) {
    super(`printing: ${code}`)
    this.name = 'PrintError'
    this.code = code
  }
}

export interface PrintPort {
  /** `null` where this workstation has no printing system that Osler can talk to. */
  printers(): Promise<readonly PrinterInfo[] | null>
  /** Resolves to the number the job got. Throws PrintError. */
  send(order: PrintOrder): Promise<string>
  stateOf(job: string): Promise<SystemJobState>
  cancel(job: string): Promise<void>
}

/** Windows has no printing of PDF files that comes with the system: there the screen prints (docs/adr/0018). */
export const noPrinters: PrintPort = {
  printers: () => Promise.resolve(null),
  send: () => Promise.reject(new PrintError('NO_PRINT_SYSTEM')),
  stateOf: () => Promise.resolve('lost'),
  cancel: () => Promise.resolve(),
}
