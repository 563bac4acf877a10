// Where things stand, as seen from the end-to-end tests.
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../../..')
export const builtMain = path.join(root, 'out/main/index.js')
/** Started from its sources, exactly as `npm start` does without a display. */
export const commandLine = path.join(root, 'src/main/cli/index.ts')
