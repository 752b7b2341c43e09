import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Adapter, AdapterPayload } from 'oidc-provider'

type Entry = { readonly payload: AdapterPayload; readonly expiresAtMs: number }

/** Where the provider keeps sessions, grants and codes: in memory, and in one file for the next start. */
export function createSessions(dataDir: string): (model: string) => Adapter {
  const file = join(dataDir, 'sessions.json')
  const entries = new Map<string, Entry>(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [])

  function save(): void {
    for (const [key, entry] of entries) if (entry.expiresAtMs < Date.now()) entries.delete(key)
    writeFileSync(`${file}.new`, JSON.stringify([...entries]), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const read = (key: string) => {
    const entry = entries.get(key)
    return entry && entry.expiresAtMs >= Date.now() ? entry.payload : undefined
  }
  const search = (model: string, fits: (payload: AdapterPayload) => boolean) =>
    [...entries].find(([key, { payload }]) => key.startsWith(`${model}:`) && fits(payload))?.[1].payload

  return model => ({
    async upsert(id, payload, expiresIn) {
      entries.set(`${model}:${id}`, { payload, expiresAtMs: Date.now() + (expiresIn ?? 86_400) * 1000 })
      save()
    },
    find: async id => read(`${model}:${id}`),
    findByUid: async uid => search(model, payload => payload.uid === uid),
    findByUserCode: async userCode => search(model, payload => payload.userCode === userCode),
    async consume(id) {
      const payload = read(`${model}:${id}`)
      if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      save()
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`)
      save()
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
      save()
    },
  })
}
