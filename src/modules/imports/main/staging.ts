// Gathers by patient what a file brings, and sends it on in blobs. Part of the isolated reader.
import { isRefusal, type ProblemCode } from '../shared/limits.ts'
import { clinicTables } from './map/map-resource.ts'
import type { FoundType, ReaderMessage } from './reader-protocol.ts'
import { chunkBytes, packStaged, type StagedResource } from './staged.ts'

export type Post = (message: ReaderMessage) => Promise<void>

/** Bytes of staged originals held before they are sent on; only NDJSON ever grows past it. */
const heldBytes = 8 * 1024 * 1024
/** A list of problems longer than this helps nobody; the counts stay right. */
const mostProblems = 1_000

export class Staging {
  entries = 0
  resources = 0
  readonly found: Record<string, FoundType> = {}
  readonly #fileId: string
  readonly #post: Post
  readonly #groups = new Map<string, StagedResource[]>()
  readonly #problems: ReaderMessage[] = []
  #problemCount = 0
  #held = 0

  constructor(fileId: string, post: Post) {
    this.#fileId = fileId
    this.#post = post
  }

  problem(code: ProblemCode, place: string, detail: string | null = null): void {
    this.#problemCount += 1
    // Refusals are all listed: they are what a person must look after. Notes stop being read.
    if (!isRefusal(code) && this.#problemCount > mostProblems) return
    this.#problems.push({ kind: 'problem', fileId: this.#fileId, problem: { code, place, detail } })
  }

  async add(resource: StagedResource, group: string): Promise<void> {
    const list = this.#groups.get(group)
    if (list) list.push(resource)
    else this.#groups.set(group, [resource])
    const type = resource.key[1]
    const counts = Object.hasOwn(this.found, type) ? this.found[type] : undefined
    const known = counts ?? (this.found[type] = { resources: 0, mapped: 0 })
    known.resources += 1
    if (willBeMapped(resource, group)) known.mapped += 1
    this.resources += 1
    this.#held += resource.content.length
    if (this.#held >= heldBytes) await this.flush()
  }

  async flush(): Promise<void> {
    for (const message of this.#problems.splice(0)) await this.#post(message)
    for (const [group, list] of this.#groups) for (const part of parts(list)) await this.#send(group, part)
    this.#groups.clear()
    this.#held = 0
  }

  async #send(group: string, part: readonly StagedResource[]): Promise<void> {
    const content = packStaged(part)
    await this.#post({ kind: 'chunk', fileId: this.#fileId, group, resources: part.length, content })
  }
}

/** A row of a patient needs its patient; whether that one is known here is seen at filing. */
function willBeMapped(resource: StagedResource, group: string): boolean {
  if (!resource.draft) return false
  return group !== '' || clinicTables.includes(resource.draft.table)
}

function* parts(list: readonly StagedResource[]): Generator<StagedResource[]> {
  let part: StagedResource[] = []
  let size = 0
  for (const resource of list) {
    if (part.length > 0 && size + resource.content.length > chunkBytes) {
      yield part
      part = []
      size = 0
    }
    part.push(resource)
    size += resource.content.length
  }
  if (part.length > 0) yield part
}
