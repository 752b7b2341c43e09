import { describe, expect, it } from 'vitest'
import { commits } from './commits'
import { developerChanges } from './developer-changes'
import { demo } from './ids'
import { type DemoItem, itemsOf } from './item-tree'
import { applyChanges, type Tree, treeOf } from './tree'

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const zeros = '00000000-0000-0000-0000-000000000000'

const first = treeOf(commits.slice(0, 1))
const head = treeOf(commits)
const changed = developerChanges.reduce<Tree>((tree, change) => applyChanges(tree, change.changes), head)

const states: readonly [string, Tree][] = [
  ['the first commit', first],
  ['the last commit', head],
  ['every developer change', changed],
]

describe.each(states)('the items after %s', (_, tree) => {
  const items = itemsOf(tree)
  const typeOf = new Map(items.map(item => [item.logicalId, item.type]))

  it('are at least 18, each named as its folder says', () => {
    expect(items.length).toBeGreaterThanOrEqual(18)
    for (const item of items) {
      expect(item.folder).toBe(`${item.name}.${item.type}`)
      expect(item.logicalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(typeOf.size).toBe(items.length)
  })

  it('hold JSON that parses and TMDL that is indented by tabs', () => {
    for (const item of items) {
      for (const [path, text] of item.parts) {
        if (/\.(json|pbir|pbism|platform|schedules)$/.test(path)) expect(() => JSON.parse(text), path).not.toThrow()
        if (path.endsWith('.tmdl')) expect(text, path).not.toMatch(/^ /m)
        expect(text, path).not.toContain('\r')
      }
    }
  })

  it('refer to each other by logical ids of the right type', () => {
    const references = items.flatMap(referencesOf)
    expect(references.length).toBeGreaterThan(25)
    for (const { from, to, types } of references) expect([from, typeOf.get(to)]).toEqual([from, types])
  })

  it('hold no GUID of an unknown meaning, and none with two', () => {
    const defined = items.flatMap(definedIds)
    expect(new Set(defined).size).toBe(defined.length)
    const known = new Set([...defined, zeros, demo.connections.sql.dev, demo.connections.pipelines.dev])
    const found = new Set(items.flatMap(item => [...item.parts.values()].flatMap(text => text.match(guid) ?? [])))
    expect([...found].filter(id => !known.has(id))).toEqual([])
  })

  it('order the pages that there are', () => {
    for (const item of items.filter(item => item.type === 'Report')) {
      const order: { pageOrder: string[] } = JSON.parse(item.parts.get('definition/pages/pages.json') ?? '')
      const pages = [...item.parts.keys()].filter(path => path.endsWith('/page.json'))
      expect(pages.map(path => path.split('/')[2]).sort()).toEqual([...order.pageOrder].sort())
    }
  })

  it('name parts by the id inside', () => {
    for (const [path, text] of items.flatMap(item => [...item.parts])) {
      if (!/\/(page|visual)\.json$/.test(path)) continue
      const named: { name: string } = JSON.parse(text)
      expect(path.split('/').at(-2)).toBe(named.name)
    }
  })

  it('show only columns and measures of the model that the report is bound to', () => {
    for (const report of items.filter(item => item.type === 'Report')) {
      const binding: { datasetReference: { byPath: { path: string } } } = JSON.parse(
        report.parts.get('definition.pbir') ?? '',
      )
      const model = items.find(item => `../${item.folder}` === binding.datasetReference.byPath.path)
      const fields = fieldsOf(report)
      expect(fields.length).toBeGreaterThan(0)
      for (const { entity, property, kind } of fields) {
        const table = model?.parts.get(`definition/tables/${entity}.tmdl`) ?? ''
        expect(table, `${report.name}: ${entity}[${property}]`).toMatch(
          new RegExp(`^\\t${kind.toLowerCase()} '?${property}'?( =|$)`, 'm'),
        )
      }
    }
  })

  it('list their tables in the model', () => {
    for (const model of items.filter(item => item.type === 'SemanticModel')) {
      const listed = [...(model.parts.get('definition/model.tmdl') ?? '').matchAll(/^ref table '?([^'\n]+)'?$/gm)]
      const tables = [...model.parts.keys()].filter(path => path.startsWith('definition/tables/'))
      expect(listed.map(match => `definition/tables/${match[1]}.tmdl`).sort()).toEqual(tables.sort())
    }
  })
})

type Reference = { from: string; to: string; types: string }

const referenceKeys: readonly [RegExp, string][] = [
  [/"default_lakehouse": "([^"]+)"/g, 'Lakehouse'],
  [/"id": "([^"]+)"/g, 'Lakehouse'],
  [/"environmentId": "([^"]+)"/g, 'Environment'],
  [/"notebookId": "([^"]+)"/g, 'Notebook'],
  [/"pipelineId": "([^"]+)"/g, 'DataPipeline'],
  [/"artifactId": "([^"]+)"/g, 'Lakehouse'],
  [/"itemId": "([^"]+)"/g, 'Lakehouse'],
]

const referencesOf = (item: DemoItem): Reference[] =>
  [...item.parts].flatMap(([path, text]) =>
    referenceKeys.flatMap(([key, types]) =>
      [...text.matchAll(key)].map(match => ({ from: `${item.folder}/${path}`, to: match[1] ?? '', types })),
    ),
  )

const definitionKeys =
  /(?:lineageTag: |^relationship |"queryId": "|ClusterId\\":\\"|"logicalId": ")([0-9a-f]{8}-[0-9a-f-]{27})/gm

const definedIds = (item: DemoItem) =>
  [...item.parts.values()].flatMap(text => [...text.matchAll(definitionKeys)].map(match => match[1] ?? ''))

const fieldKey =
  /"(Measure|Column)": \{\s*"Expression": \{\s*"SourceRef": \{\s*"Entity": "([^"]+)"\s*\}\s*\},\s*"Property": "([^"]+)"/g

const fieldsOf = (report: DemoItem) =>
  [...report.parts.values()].flatMap(text =>
    [...text.matchAll(fieldKey)].map(match => ({
      kind: match[1] ?? '',
      entity: match[2] ?? '',
      property: match[3] ?? '',
    })),
  )
