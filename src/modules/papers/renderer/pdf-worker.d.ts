// pdf.js ships its worker without types; here it is only handed on.
declare module 'pdfjs-dist/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown
}
