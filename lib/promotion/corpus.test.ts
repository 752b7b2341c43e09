import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAutoCreated } from '@/lib/release/item-types'
import { readableText } from '@/lib/release/part-text'
import type { SnapshotItem } from '@/lib/release/snapshot'
import { buildResolution } from './build-resolution'
import { planDigest, planSchema } from './plan'
import { planPromotion } from './plan-promotion'
import { identityResolution } from './resolution'
import { rewriteItem } from './rewrite-item'
import { corpus, guidOf, planInput, readItems } from './test/items'

const workspaces = [
  'cicd-sample',
  'metadata-framework',
  'admin-monitoring',
  'churn-sample',
  'cost-analysis',
  'unified-data-foundation',
]
const releases = workspaces.map(name => ({ name, release: readItems(`${corpus}/${name}`) }))
const items = releases.flatMap(({ release }) => release.items)

describe.skipIf(!existsSync(corpus))(`${items.length} real items`, () => {
  it('stay byte for byte as they are without rules and with every id standing for itself', () => {
    expect(items.length).toBeGreaterThan(200)
    for (const item of items) {
      const { parts, hits } = rewriteItem(item, item.name, {
        resolution: identityResolution(guidOf('w')),
        variables: [],
        rules: [],
        sourceTier: 'dev',
        tier: 'test',
      })
      expect(hits).toEqual([])
      for (const [index, part] of (parts ?? []).entries())
        expect(
          Buffer.compare(part.bytes, item.parts?.[index]?.bytes ?? Buffer.alloc(0)),
          `${item.name} ${part.path}`,
        ).toBe(0)
    }
  })

  it.each(['cicd-sample', 'metadata-framework'])(
    '%s: on an empty target each is created, or the plan says why not',
    name => {
      const plan = planPromotion(planInput(readItems(`${corpus}/${name}`)))
      expect(plan.blockers).toEqual([])
      for (const planned of plan.items) {
        expect(['create', 'not-supported']).toContain(planned.action)
        expect(planned.because.join('')).not.toBe('')
      }
      expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
      expect(planDigest(planSchema.parse(JSON.parse(JSON.stringify(plan))))).toBe(planDigest(plan))
    },
  )

  it.each(workspaces)('%s: no id of Dev is left once everything exists', name => {
    const release = readItems(`${corpus}/${name}`)
    const created = new Map(release.items.map(item => [item.objectId, { id: guidOf(`test ${item.objectId}`) }]))
    const input = planInput(release)
    const resolution = buildResolution(input, created)
    const dev = [
      release.workspaceId,
      ...release.items.flatMap(item => [
        item.objectId,
        ...((item.parts ?? []).length > 0 && item.logicalId !== null && !/^0{8}/.test(item.logicalId)
          ? [item.logicalId]
          : []),
      ]),
    ]
    const pattern = new RegExp(dev.join('|'), 'i')
    for (const item of release.items) {
      for (const part of rewriteItem(item, item.name, { ...input, resolution }).parts ?? []) {
        expect(part.awaits).toEqual([])
        if (!part.path.endsWith('.platform'))
          expect(pattern.exec(readableText(part) ?? '')?.[0], `${item.name} ${part.path}`).toBeUndefined()
      }
    }
  })

  it('lists each item of any release exactly once, in an order in which nothing comes before what it needs', () => {
    fc.assert(
      fc.property(fc.subarray([...items], { minLength: 1, maxLength: 40 }), chosen => {
        const unique = [...new Map(chosen.map(item => [`${item.type}/${item.name}`.toLowerCase(), item])).values()]
        const plan = planPromotion(planInput({ workspaceId: guidOf('dev'), items: unique }))
        const label = ({ type, name }: Pick<SnapshotItem, 'type' | 'name'>) => `${type}/${name}`
        const expected = unique.filter(item => !isAutoCreated(item, unique)).map(label)
        expect(plan.items.map(({ type, sourceName: name }) => label({ type, name })).sort()).toEqual(expected.sort())
        const level = new Map(plan.items.map(planned => [`${planned.type} ${planned.targetName}`, planned.order]))
        for (const planned of plan.items.filter(({ secondWrite }) => !secondWrite))
          for (const awaited of planned.parts.flatMap(({ awaits }) => awaits))
            expect(level.get(awaited) ?? -1, `${planned.targetName} awaits ${awaited}`).toBeLessThan(planned.order)
      }),
      { numRuns: 25 },
    )
  })
})
