import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hasDefinition } from '../fabric/item-types'
import { readFolder } from '../store/files'
import { parseItems } from '../store/git-format'
import { listOf, named, startTestSimulator, type TestSimulator } from './client'

const corpus = path.resolve('../shared/fabric/corpus')
const sets = [
  ['cicd-sample', 40, 8],
  ['metadata-framework', 46, 0],
] as const

describe.skipIf(!existsSync(corpus))('a corpus of real items', () => {
  let simulator: TestSimulator
  beforeAll(async () => {
    simulator = await startTestSimulator()
    const settings = { pageSize: 7, typesRefusedToServicePrincipals: [] }
    await simulator.client.call('POST', '/_sim/settings', settings)
  })
  afterAll(() => simulator.stop())

  it.each(sets)('loads %s with %i items and gives their very bytes back', async (name, count, endpoints) => {
    const { client } = simulator
    const folder = path.join(corpus, name)
    const created = await client.call('POST', '/_sim/workspaces', { displayName: name, folder })
    expect(created.status).toBe(201)
    const { id } = z.looseObject({ id: z.string() }).parse(created.body)
    const items = await client.itemsOf(id)
    expect(items.filter(item => item.type !== 'SQLEndpoint')).toHaveLength(count)
    expect(items.filter(item => item.type === 'SQLEndpoint')).toHaveLength(endpoints)

    const sources = parseItems(readFolder(folder))
    expect(sources).toHaveLength(count)
    for (const source of sources) {
      const item = items.find(own => own.type === source.type && own.displayName === source.displayName)
      expect(item, source.directory).toBeDefined()
      if (item === undefined || !hasDefinition(source.type)) continue
      const parts = await client.definition(id, item.id)
      const platform = z
        .looseObject({ metadata: z.looseObject({ type: z.string(), displayName: z.string() }) })
        .parse(JSON.parse((parts.get('.platform') ?? Buffer.alloc(0)).toString('utf8')))
      expect(platform.metadata).toMatchObject({ type: source.type, displayName: source.displayName })
      parts.delete('.platform')
      expect([...parts.keys()].sort()).toEqual([...source.parts.keys()].sort())
      for (const [file, bytes] of source.parts) expect(parts.get(file)?.equals(bytes), file).toBe(true)
    }
  })

  it('keeps folders and children as they were', async () => {
    const { client } = simulator
    const folder = path.join(corpus, 'cicd-sample')
    const { body } = await client.call('POST', '/_sim/workspaces', { displayName: 'again', folder })
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    const folders = listOf(named).parse((await client.call('GET', `/v1/workspaces/${id}/folders`)).body)
    expect(folders.value.map(own => own.displayName).sort()).toContain('subfolder')
    const eventhouses = await client.call('GET', `/v1/workspaces/${id}/eventhouses`)
    const parents = listOf(z.looseObject({ properties: z.looseObject({ databasesItemIds: z.array(z.string()) }) }))
    const children = parents.parse(eventhouses.body).value.flatMap(own => own.properties.databasesItemIds)
    expect(children).toHaveLength(readdirSync(folder).filter(name => name.endsWith('.Eventhouse')).length)
  })
})
