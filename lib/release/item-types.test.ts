import { describe, expect, it } from 'vitest'
import { holdsData, isAutoCreated, itemTypeNamed, itemTypes, publishRank } from './item-types'

describe('item types', () => {
  it.each(['Lakehouse', 'Warehouse', 'SQLDatabase', 'Eventhouse', 'KQLDatabase', 'MirroredDatabase', 'OrgApp2027'])(
    'count %s as one whose deletion loses data',
    type => expect(holdsData(type)).toBe(true),
  )

  it.each(['Notebook', 'DataPipeline', 'Report', 'VariableLibrary'])('do not count %s', type =>
    expect(holdsData(type)).toBe(false),
  )

  it('are found in any case, once each, and unknown ones are published last', () => {
    expect(itemTypeNamed('semanticmodel')?.name).toBe('SemanticModel')
    expect(new Set(itemTypes.map(({ name }) => name.toLowerCase())).size).toBe(itemTypes.length)
    expect(publishRank('OrgApp2027')).toBeGreaterThan(publishRank('SQLEndpoint'))
    expect(publishRank('Lakehouse')).toBeLessThan(publishRank('Notebook'))
    expect(publishRank('SemanticModel')).toBeLessThan(publishRank('Report'))
  })

  it.each([
    [{ type: 'SQLEndpoint', name: 'lh', parts: null }, true],
    [{ type: 'Lakehouse', name: 'StagingLakehouseForDataflows_2026', parts: [] }, true],
    [{ type: 'SemanticModel', name: 'LH', parts: null }, true],
    [{ type: 'SemanticModel', name: 'lh', parts: [] }, false],
    [{ type: 'SemanticModel', name: 'Claims', parts: null }, false],
  ])('%j beside a lakehouse lh is made by Fabric itself: %s', (item, made) => {
    expect(isAutoCreated(item, [{ type: 'Lakehouse', name: 'lh', parts: [] }, item])).toBe(made)
  })
})
