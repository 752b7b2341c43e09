import { describe, expect, it } from 'vitest'
import type { Rule } from '@/lib/configuration/rule'
import type { Variable } from '@/lib/configuration/variable'
import { identityResolution, type Resolution } from './resolution'
import { rewriteItem } from './rewrite-item'
import { item, part, textOf } from './test/items'

const id = (digit: number) => `${`${digit}`.repeat(8)}-0000-4000-8000-${`${digit}`.repeat(12)}`
const [devLake, testLake, devWorkspace, testWorkspace, devModel, testModel] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const zero = '00000000-0000-0000-0000-000000000000'

const resolution: Resolution = {
  ids: new Map([
    [devLake, testLake],
    [devWorkspace, testWorkspace],
    [devModel, testModel],
  ]),
  hosts: new Map([['abc-dev.datawarehouse.fabric.microsoft.com', 'xyz-test.datawarehouse.fabric.microsoft.com']]),
  renamed: new Map([[devLake, { type: 'Lakehouse', from: 'lh_claims_dev', to: 'lh_claims_test' }]]),
  models: new Map([['claims', testModel]]),
  sourceLakehouses: new Map([['lh_claims_dev', devLake]]),
  targetLakehouses: new Map([['lh_claims_test', testLake]]),
  sourceWorkspace: { id: devWorkspace, name: 'Claims-Analytics-Dev' },
  targetWorkspace: { id: testWorkspace, name: 'Claims-Analytics-Test' },
  zeroWorkspace: testWorkspace,
}
const variables: Variable[] = [
  { name: 'Lakehouse', kind: 'lakehouse', values: { dev: 'lh_claims_dev', test: 'lh_claims_test' } },
  { name: 'Connection', kind: 'connection', values: { dev: 'dev-conn-str', test: 'test "conn" str' } },
  { name: 'Rows', kind: 'text', values: { dev: '10', test: '500' } },
]

const rewrite = (type: string, path: string, text: string, rules: Rule[] = [], by: Resolution = resolution) => {
  const rewriting = { resolution: by, variables, rules, sourceTier: 'dev', tier: 'test' } as const
  const { parts, hits } = rewriteItem(item(type, 'x', [part(path, text)]), 'x', rewriting)
  return { text: textOf(parts, path), hits }
}
const lakehouseRule: Rule = { kind: 'lakehouse', name: 'lakehouse', variable: 'Lakehouse' }
const nameRule: Rule = { kind: 'data-source', name: 'names', variable: 'Lakehouse', itemTypes: null }

describe('ids of the release', () => {
  it.each([
    [
      'a notebook cell, in capitals',
      'Notebook',
      'notebook-content.py',
      `path = "${devLake.toUpperCase()}"\r\n`,
      `path = "${testLake}"\r\n`,
    ],
    [
      'a name with underscores',
      'DataPipeline',
      'pipeline-content.json',
      `{"name":"${devLake.replaceAll('-', '_')}"}`,
      `{"name":"${testLake.replaceAll('-', '_')}"}`,
    ],
    [
      'a model expression',
      'SemanticModel',
      'definition/expressions.tmdl',
      `\t"https://onelake.dfs.fabric.microsoft.com/${devWorkspace}/${devLake}"`,
      `\t"https://onelake.dfs.fabric.microsoft.com/${testWorkspace}/${testLake}"`,
    ],
    [
      'a SQL endpoint in another case',
      'SemanticModel',
      'definition/expressions.tmdl',
      '"ABC-dev.datawarehouse.fabric.microsoft.com"',
      '"xyz-test.datawarehouse.fabric.microsoft.com"',
    ],
    [
      'an address with names',
      'Notebook',
      'notebook-content.py',
      'abfss://Claims-Analytics-Dev@onelake.dfs.fabric.microsoft.com/lh_claims_dev.Lakehouse/Files',
      'abfss://Claims-Analytics-Test@onelake.dfs.fabric.microsoft.com/lh_claims_test.Lakehouse/Files',
    ],
    [
      'a report bound by connection',
      'Report',
      'definition.pbir',
      '{"connectionString":"Data Source=powerbi://api.powerbi.com/v1.0/myorg/Claims-Analytics-Dev;initial catalog=Claims"}',
      '{"connectionString":"Data Source=powerbi://api.powerbi.com/v1.0/myorg/Claims-Analytics-Test;initial catalog=Claims"}',
    ],
    [
      'the all-zero workspace',
      'DataPipeline',
      'pipeline-content.json',
      `{ "workspaceId" : "${zero}", "itemId": "${zero}" }`,
      `{ "workspaceId" : "${testWorkspace}", "itemId": "${zero}" }`,
    ],
  ])('are replaced in %s, and nothing else', (_, type, path, text, expected) => {
    expect(rewrite(type, path, text).text).toBe(expected)
  })

  it('stay in a part that is not text, byte for byte', () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...new TextEncoder().encode(devLake)])
    const image = item('Report', 'x', [
      { path: 'logo.png', bytes },
      { path: 'broken.json', bytes },
    ])
    const { parts } = rewriteItem(image, 'x', { resolution, variables, rules: [], sourceTier: 'dev', tier: 'test' })
    expect(parts?.map(one => one.bytes)).toEqual([bytes, bytes])
  })

  it('keep byte order mark and line ends around them', () => {
    expect(rewrite('CopyJob', 'copyjob-content.json', `\uFEFF{\r\n\t"id": "${devLake}"\r}`).text.length).toBe(
      `{\r\n\t"id": "${devLake}"\r}`.length,
    )
    const bytes = part('a.json', `\uFEFF{"id":"${devLake}"}\r\n`).bytes
    const { parts } = rewriteItem(item('CopyJob', 'x', [{ path: 'a.json', bytes }]), 'x', {
      resolution,
      variables,
      rules: [],
      sourceTier: 'dev',
      tier: 'test',
    })
    expect(parts?.[0]?.bytes).toEqual(part('a.json', `\uFEFF{"id":"${testLake}"}\r\n`).bytes)
  })
})

describe('the default lakehouse of a notebook', () => {
  const meta = (lake: string, name: string, workspace: string) =>
    `# Fabric notebook source\r\n\r\n# METADATA ********************\r\n\r\n# META {\r\n# META   "dependencies": {\r\n# META     "lakehouse": {\r\n# META       "default_lakehouse": "${lake}",\r\n# META       "default_lakehouse_name": "${name}",\r\n# META       "default_lakehouse_workspace_id": "${workspace}",\r\n# META       "known_lakehouses": [\r\n# META         {\r\n# META           "id": "${lake}"\r\n# META         }\r\n# META       ]\r\n# META     }\r\n# META   }\r\n# META }\r\n\r\n# CELL ********************\r\n\r\ndf = spark.read.table("lh_claims_dev.claims")\r\n`
  const expected = meta(testLake, 'lh_claims_test', testWorkspace)

  it('follows its item in id, name and workspace without a rule; code stays', () => {
    expect(rewrite('Notebook', 'notebook-content.py', meta(devLake, 'lh_claims_dev', devWorkspace)).text).toBe(expected)
  })

  it('is mapped by its name alone with a lakehouse rule', () => {
    const { text, hits } = rewrite('Notebook', 'notebook-content.py', meta(id(9), 'LH_claims_dev', id(8)), [
      lakehouseRule,
    ])
    expect(text).toBe(expected)
    expect(hits).toEqual([{ rule: 'lakehouse', path: 'notebook-content.py', count: 4 }])
  })

  it('is mapped in an ipynb too', () => {
    const document = (lake: string, name: string) =>
      `{"cells":[],"metadata":{"dependencies":{"lakehouse":{"default_lakehouse":"${lake}","default_lakehouse_name":"${name}"}}}}`
    expect(rewrite('Notebook', 'notebook-content.ipynb', document(devLake, 'lh_claims_dev')).text).toBe(
      document(testLake, 'lh_claims_test'),
    )
  })

  it('is named in code by a data source rule', () => {
    const { text } = rewrite(
      'Notebook',
      'notebook-content.py',
      'read("lh_claims_dev.claims", "lh_claims_dev2", "old_lh_claims_dev")',
      [nameRule],
    )
    expect(text).toBe('read("lh_claims_test.claims", "lh_claims_dev2", "old_lh_claims_dev")')
  })
})

describe('a report bound by path', () => {
  const byPath = (schema: string) =>
    `{\n  ${schema}"version": "4.0",\n  "datasetReference": {\n    "byPath": {\n      "path": "../Claims.SemanticModel"\n    }\n  }\n}`

  it('is bound by connection to the model of the target', () => {
    const bound = JSON.parse(rewrite('Report', 'definition.pbir', byPath('')).text)
    expect(bound.datasetReference.byPath).toBeUndefined()
    expect(bound.datasetReference.byConnection.pbiModelDatabaseName).toBe(testModel)
  })

  it('holds only the model id from schema 2 on', () => {
    const schema =
      '"$schema": "https://developer.microsoft.com/json-schemas/fabric/item/report/definitionProperties/2.0.0/schema.json",\n  '
    const text = rewrite('Report', 'definition.pbir', byPath(schema)).text
    expect(text).toBe(
      `{\n  ${schema}"version": "4.0",\n  "datasetReference": {\n    "byConnection": {\n      "connectionString": "semanticmodelid=${testModel}"\n    }\n  }\n}`,
    )
  })
})

describe('a parameter rule', () => {
  const parameter = (name: string, variable = 'Connection'): Rule => ({
    kind: 'parameter',
    name: 'p',
    variable,
    parameter: name,
    itemTypes: null,
  })

  it.each([
    [
      'SemanticModel',
      'definition/expressions.tmdl',
      'expression Server = "dev" meta [IsParameterQuery=true]\n\texpression',
      'Server',
      'expression Server = "test ""conn"" str" meta [IsParameterQuery=true]\n\texpression',
    ],
    [
      'SemanticModel',
      'definition/expressions.tmdl',
      `expression 'Server name' = "a ""b""" meta [X]`,
      'Server name',
      `expression 'Server name' = "test ""conn"" str" meta [X]`,
    ],
    [
      'SemanticModel',
      'model.bim',
      '{"model":{"expressions":[{"name":"Server","expression":"\\"dev\\" meta [X]"}]}}',
      'Server',
      '{"model":{"expressions":[{"name":"Server","expression":"\\"test \\"\\"conn\\"\\" str\\" meta [X]"}]}}',
    ],
    [
      'DataPipeline',
      'pipeline-content.json',
      '{"properties":{"parameters":{"server":{"type":"string","defaultValue":"dev"}}}}',
      'server',
      '{"properties":{"parameters":{"server":{"type":"string","defaultValue":"test \\"conn\\" str"}}}}',
    ],
    [
      'VariableLibrary',
      'variables.json',
      '{"variables":[{"name":"server","value":"dev"},{"name":"other","value":"dev"}]}',
      'server',
      '{"variables":[{"name":"server","value":"test \\"conn\\" str"},{"name":"other","value":"dev"}]}',
    ],
  ])('sets it in %s %s', (type, path, text, name, expected) => {
    const { text: rewritten, hits } = rewrite(type, path, text, [parameter(name)])
    expect(rewritten).toBe(expected)
    expect(hits).toEqual([{ rule: 'p', path, count: 1 }])
  })

  it('keeps a number a number', () => {
    const { text } = rewrite(
      'DataPipeline',
      'pipeline-content.json',
      '{"properties":{"parameters":{"rows":{"defaultValue":10}}}}',
      [parameter('rows', 'Rows')],
    )
    expect(text).toBe('{"properties":{"parameters":{"rows":{"defaultValue":500}}}}')
  })

  it('leaves value sets of other tiers alone', () => {
    const set = `{"name":"Prod","variableOverrides":[{"name":"server","value":"${devLake}"}]}`
    expect(rewrite('VariableLibrary', 'valueSets/Prod.json', set, [parameter('server')]).text).toBe(set)
  })
})

describe('a data source rule', () => {
  const connection: Rule = { kind: 'data-source', name: 'c', variable: 'Connection', itemTypes: ['DataPipeline'] }

  it('writes the value as the format needs it', () => {
    expect(rewrite('DataPipeline', 'pipeline-content.json', '{"a":"dev-conn-str"}', [connection]).text).toBe(
      '{"a":"test \\"conn\\" str"}',
    )
  })

  it('touches only the chosen types', () => {
    expect(rewrite('CopyJob', 'copyjob-content.json', '{"a":"dev-conn-str"}', [connection])).toEqual({
      text: '{"a":"dev-conn-str"}',
      hits: [],
    })
  })
})

it('the display name of .platform follows the target, its logical id stays', () => {
  const platform = (name: string) =>
    `{"metadata":{"type":"Lakehouse","displayName":"${name}"},"config":{"logicalId":"${devLake}"}}`
  const lake = item('Lakehouse', 'lh_claims_dev', [part('.platform', platform('lh_claims_dev'))])
  const { parts } = rewriteItem(lake, 'lh_claims_test', {
    resolution: identityResolution(devWorkspace),
    variables,
    rules: [nameRule],
    sourceTier: 'dev',
    tier: 'test',
  })
  expect(textOf(parts, '.platform')).toBe(platform('lh_claims_test'))
})
