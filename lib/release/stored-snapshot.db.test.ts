import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '@/scripts/test/clone-database'
import { makeProject } from '@/scripts/test/factories'
import { loadSnapshot } from './load-snapshot'
import { type Snapshot, snapshotDigest } from './snapshot'
import { storeSnapshot } from './store-snapshot'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const bytes = (...numbers: number[]) => new Uint8Array(numbers)
const snapshot: Snapshot = {
  workspaceId: 'w',
  items: Array.from({ length: 700 }, (_, index) => ({
    objectId: `object-${index}`,
    logicalId: index % 2 === 0 ? `logical-${index}` : null,
    type: 'Notebook',
    name: `nb_${index}`,
    description: '',
    folder: index % 3 === 0 ? 'Load/Daily' : '',
    parts:
      index === 5
        ? null
        : [
            { path: '.platform', bytes: bytes(0, 255, 13, 10) },
            { path: 'notebook-content.py', bytes: bytes(index % 256, index >> 8) },
          ],
  })),
}

test('comes back with every byte, and stores equal content once', async () => {
  const { id: projectId } = await makeProject(database.db)
  const store = () =>
    database.db.$transaction(tx => storeSnapshot(tx, { projectId, purpose: 'backup', snapshot, takenAt: new Date() }), {
      timeout: 30_000,
    })
  const stored = await store()
  expect(stored.digest).toBe(snapshotDigest(snapshot))
  const loaded = await loadSnapshot(database.db, stored.id)
  expect(snapshotDigest(loaded)).toBe(stored.digest)
  expect(loaded.items.find(item => item.objectId === 'object-5')?.parts).toBeNull()
  expect(loaded.items.find(item => item.objectId === 'object-4')?.logicalId).toBe('logical-4')
  const contents = await database.db.content.count()
  await store()
  expect(await database.db.content.count()).toBe(contents)
})
