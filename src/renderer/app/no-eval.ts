// Zod would compile parsers at run time, which the content security policy forbids; even its probe counts as a breach.
// Imported before everything that makes a schema.
import * as z from 'zod'

z.config({ jitless: true })
