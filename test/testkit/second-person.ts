// Does what one administrator alone may not do: asks, lets a second one agree, and does it.
import type { Role } from '#shared/permissions.ts'
import type { Client } from './client.ts'
import { Refusal } from './client.ts'
import type { TestClinic } from './clinic.ts'

export async function withSecondPerson<T>(
  clinic: TestClinic,
  act: (person: Client) => Promise<T>,
  role: Role = 'admin',
): Promise<T> {
  const admin = clinic.as(role)
  try {
    return await act(admin)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'SECOND_PERSON_NEEDED') throw error
    const other = clinic.another('admin')
    const { requests } = await other.access.listRequests({})
    const asked = requests.find((r) => r.id === error.details.requestId)
    if (!asked) throw error
    await other.access.approve({ id: asked.id, rev: asked.rev })
    return await act(admin)
  }
}
