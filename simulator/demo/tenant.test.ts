import { describe, expect, it } from 'vitest'
import { commits } from './commits'
import { itemsOf } from './item-tree'
import { demo, tenant } from './tenant'
import { treeOf } from './tree'
import { demoRules, demoVariables } from './variables'

const tiers = ['dev', 'test', 'uat', 'prod'] as const

const leaves = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves)

const byName = (name: string) => demoVariables.find(variable => variable.name === name)

describe('the tenant', () => {
  it('uses no id twice, among the items either', () => {
    const ids = leaves(demo).filter(text => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text))
    const logicalIds = itemsOf(treeOf(commits)).map(item => item.logicalId)
    expect(ids.length).toBeGreaterThan(50)
    expect(new Set([...ids, ...logicalIds]).size).toBe(ids.length + logicalIds.length)
  })

  it('puts every person in a group of the tenant, and every group to use', () => {
    const used = new Set(tenant.people.flatMap(person => person.groupIds))
    expect([...used].sort()).toEqual(tenant.groups.map(group => group.id).sort())
    expect(new Set(tenant.people.map(person => person.mail)).size).toBe(tenant.people.length)
    expect(tenant.people.filter(person => person.groupOverage)).toHaveLength(1)
  })

  it('lets the service identity administer the four workspaces and their pipeline', () => {
    const identity = demo.applications.fabric.objectId
    for (const tier of tiers) {
      const workspace = tenant.workspaces.find(({ id }) => id === demo.workspaces[tier])
      expect(workspace?.roleAssignments).toContainEqual({
        principalId: identity,
        principalType: 'ServicePrincipal',
        role: 'Admin',
      })
      expect(workspace?.capacityId).toBe(demo.capacities[tier])
    }
    expect(tenant.deploymentPipelines[0]?.admins).toEqual([identity])
    expect(tenant.deploymentPipelines[0]?.stages.map(stage => stage.workspaceId)).toEqual(
      tiers.map(tier => demo.workspaces[tier]),
    )
  })

  it('connects Dev alone to git, to a repository that it has', () => {
    const connected = tenant.workspaces.filter(workspace => workspace.git)
    expect(connected.map(workspace => workspace.displayName)).toEqual(['Claims-Analytics-Dev'])
    expect(connected[0]?.git?.repository).toBe(tenant.repositories[0]?.name)
  })
})

describe('the rules', () => {
  const items = itemsOf(treeOf(commits))
  const hits = (text: string, value: string) => text.toLowerCase().includes(value.toLowerCase())

  it('name variables that have a different value for every tier', () => {
    for (const variable of demoVariables) {
      expect(new Set(tiers.map(tier => variable.values[tier])).size).toBe(4)
    }
    for (const rule of demoRules) expect(byName(rule.variable), rule.name).toBeDefined()
  })

  it.each(demoRules.map(rule => [rule.name, rule] as const))('hit every item type they name: %s', (_, rule) => {
    const value = byName(rule.variable)?.values.dev ?? ''
    const hit = items.filter(item => [...item.parts.values()].some(text => hits(text, value)))
    for (const type of rule.itemTypes) expect(hit.map(item => item.type)).toContain(type)
  })

  it('leave no value of Dev in any item', () => {
    const left = items.flatMap(item => {
      const rules = demoRules.filter(rule => rule.itemTypes.includes(item.type))
      return [...item.parts].flatMap(([path, text]) => {
        const rewritten = rules.reduce((current, rule) => {
          const values = byName(rule.variable)?.values
          return values?.dev && values.test ? current.replaceAll(values.dev, values.test) : current
        }, text)
        return /[-_]dev\b|\bdev[-_ ]/i.test(rewritten) || hits(rewritten, demo.connections.sql.dev)
          ? [`${item.folder}/${path}`]
          : []
      })
    })
    expect(left).toEqual([])
  })
})
