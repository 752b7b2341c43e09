import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diffSnapshots } from '@/lib/release/diff'
import type { Part, Snapshot } from '@/lib/release/snapshot'
import { buildResolution } from './build-resolution'
import type { PlanInput, TargetItem } from './plan-input'
import { planPromotion } from './plan-promotion'
import { rewriteItem } from './rewrite-item'
import { corpus, guidOf, planInput, readItems } from './test/items'
import { verifyTarget } from './verify-target'

/** The target after a run that does exactly what the plan says. */
function afterRun(input: PlanInput): { target: PlanInput['target']; expected: ReadonlyMap<string, readonly Part[]> } {
  const plan = planPromotion(input)
  const source = new Map(input.release.items.map(item => [item.objectId, item]))
  const before = new Map(input.target.items.map(item => [item.objectId, item]))
  const writes = plan.items.filter(({ action }) => action === 'create' || action === 'update')
  const idOf = (planned: (typeof writes)[number]) => planned.targetId ?? guidOf(`made ${planned.sourceId}`)
  const created = new Map(writes.map(planned => [planned.sourceId ?? '', { id: idOf(planned) }]))
  const resolution = buildResolution(input, created)
  const expected = new Map<string, readonly Part[]>()
  const written = writes.map((planned): TargetItem => {
    const item = source.get(planned.sourceId ?? '')
    if (item === undefined) throw new Error(`${planned.sourceName} is not in the release`)
    const { parts } = rewriteItem(item, planned.targetName, { ...input, resolution })
    if (parts !== null && !planned.shell) expected.set(item.objectId, parts)
    before.delete(planned.targetId ?? '')
    return { ...item, objectId: idOf(planned), name: planned.targetName, parts: planned.shell ? null : parts }
  })
  return { target: { ...input.target, items: [...before.values(), ...written] }, expected }
}

const revisions = ['revisions/metadata-framework/2026.04', 'revisions/metadata-framework/2026.07', 'metadata-framework']
const workspaceId = guidOf('metadata-framework dev')
const workspaces = ['cicd-sample', 'metadata-framework', 'admin-monitoring', 'churn-sample', 'unified-data-foundation']

describe.skipIf(!existsSync(corpus))(`${workspaces.length} real workspaces`, () => {
  it.each(workspaces)('%s: what was written is verified, and promoting it again changes nothing', name => {
    const input = planInput(readItems(`${corpus}/${name}`))
    const { target, expected } = afterRun(input)
    const plan = planPromotion(input)
    expect(expected.size).toBeGreaterThan(5)
    const { environments, variables } = input
    expect(verifyTarget({ plan, target, expected, environments, variables })).toEqual([])
    const again = planPromotion({ ...input, target })
    const ended = new Set(again.items.map(({ action }) => action))
    for (const action of ['create', 'update', 'stays-behind', 'would-duplicate'] as const)
      expect(ended).not.toContain(action)
    expect(again.counts.unchanged).toBe(plan.counts.create)
  })

  it('release after release, the plan lists exactly what changed between the revisions', () => {
    let previous: Snapshot | null = null
    let target = planInput({ workspaceId, items: [] }).target
    for (const folder of revisions) {
      const release = readItems(`${corpus}/${folder}`, workspaceId)
      const input = planInput(release, { target })
      const plan = planPromotion(input)
      expect(plan.blockers).toEqual([])
      const changes = diffSnapshots(previous, release)
      const labelled = (change: string) =>
        changes
          .filter(one => one.change === change)
          .map(({ type, name }) => `${type}/${name}`)
          .sort()
      const planned = (action: string) =>
        plan.items
          .filter(one => one.action === action)
          .map(one => `${one.type}/${one.targetName}`)
          .sort()
      expect(planned('create')).toEqual(labelled('added'))
      expect(planned('update')).toEqual(labelled('changed'))
      expect(planned('unchanged').length).toBe(
        release.items.length - labelled('added').length - labelled('changed').length,
      )
      if (previous !== null) expect(labelled('changed').length).toBeGreaterThan(0)
      target = afterRun(input).target
      previous = release
    }
  })
})
