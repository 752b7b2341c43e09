import { describe, expect, it } from 'vitest'
import { changeSentence, diffSnapshots } from './diff'
import type { Part, SnapshotItem } from './snapshot'

const part = (path: string, text: string): Part => ({ path, bytes: new TextEncoder().encode(text) })
const item = (
  type: string,
  name: string,
  files: Record<string, string>,
  more: Partial<SnapshotItem> = {},
): SnapshotItem => ({
  objectId: `${type}/${name}`,
  logicalId: null,
  type,
  name,
  description: '',
  folder: '',
  parts: Object.entries(files).map(([path, text]) => part(path, text)),
  ...more,
})
const diff = (before: SnapshotItem[], after: SnapshotItem[]) =>
  diffSnapshots({ workspaceId: 'w', items: before }, { workspaceId: 'w', items: after })
const told = (type: string, before: Record<string, string>, after: Record<string, string>) =>
  diff([item(type, 'Claims', before)], [item(type, 'Claims', after)]).map(changeSentence)

const page = (key: string, title: string, visuals: Record<string, string> = {}) =>
  Object.fromEntries([
    [`definition/pages/${key}/page.json`, `{"name":"${key}","displayName":"${title}"}`],
    ...Object.entries(visuals).map(([name, text]) => [
      `definition/pages/${key}/visuals/${name}/visual.json`,
      `{"v":"${text}"}`,
    ]),
  ])
const cells = (...sources: string[]) =>
  sources
    .map(
      source =>
        `# CELL ********************\n\n${source}\n\n# METADATA ********************\n\n# META {\n# META   "language": "python"\n# META }\n\n`,
    )
    .join('')
const activity = (name: string, more: object = {}) => ({ name, type: 'Copy', dependsOn: [], typeProperties: more })
const pipeline = (...activities: object[]) => ({
  'pipeline-content.json': JSON.stringify({ properties: { activities } }),
})
const table = (body: string) => ({ 'definition/tables/Claims.tmdl': `table Claims\n\tlineageTag: a\n${body}` })

describe('in plain words', () => {
  it.each([
    [
      'a page of a report in files',
      'Report',
      { ...page('a', 'Claims', { x: '1', y: '1' }) },
      { ...page('a', 'Claims', { x: '2', y: '2' }), ...page('b', 'Reserves') },
      'Report Claims: page Reserves added, 2 visuals changed',
    ],
    [
      'a renamed page in report.json',
      'Report',
      {
        'report.json':
          '{"sections":[{"name":"s1","displayName":"Old","visualContainers":[{"config":"{\\"name\\":\\"v\\"}"}]}]}',
      },
      {
        'report.json':
          '{"sections":[{"name":"s1","displayName":"New","visualContainers":[{"config":"{\\"name\\":\\"v\\",\\"x\\":1}"}]}]}',
      },
      'Report Claims: page Old renamed to New, 1 visual changed',
    ],
    [
      'a measure',
      'SemanticModel',
      table("\tmeasure 'Loss ratio' = 1\n"),
      table("\tmeasure 'Loss ratio' = 2\n\n\t\tannotation x = 1\n"),
      'SemanticModel Claims: measure Claims[Loss ratio] changed',
    ],
    [
      'a table of a model',
      'SemanticModel',
      {},
      table('\tcolumn A\n\t\tdataType: string\n'),
      'SemanticModel Claims: table Claims added',
    ],
    [
      'a relationship',
      'SemanticModel',
      {},
      { 'definition/relationships.tmdl': 'relationship 1f2e\n\tfromColumn: Claims.Id\n\ttoColumn: Policy.Id\n' },
      'SemanticModel Claims: relationship Claims.Id to Policy.Id added',
    ],
    [
      'a measure in model.bim',
      'SemanticModel',
      { 'model.bim': '{"model":{"tables":[{"name":"T","measures":[{"name":"M","expression":"1"}]}]}}' },
      { 'model.bim': '{"model":{"tables":[{"name":"T","measures":[{"name":"M","expression":"2"}]}]}}' },
      'SemanticModel Claims: measure T[M] changed',
    ],
    [
      'cells',
      'Notebook',
      { 'notebook-content.py': cells('a', 'b', 'c') },
      { 'notebook-content.py': cells('a', 'B', 'c', 'd') },
      'Notebook Claims: 1 cell added, 1 cell changed',
    ],
    [
      'cells of an ipynb',
      'Notebook',
      { 'notebook-content.ipynb': '{"cells":[{"source":["a"]}],"metadata":{}}' },
      { 'notebook-content.ipynb': '{"cells":[],"metadata":{}}' },
      'Notebook Claims: 1 cell removed',
    ],
    [
      'activities, nested ones too',
      'DataPipeline',
      pipeline(activity('Each', { activities: [activity('Copy', { x: 1 })] })),
      pipeline(activity('Each', { activities: [activity('Copy', { x: 2 })] }), activity('Mail')),
      'DataPipeline Claims: activity Mail added, activity Copy changed',
    ],
    [
      'variables and value sets',
      'VariableLibrary',
      {
        'variables.json': '{"variables":[{"name":"a","value":1}]}',
        'valueSets/Prod.json': '{"variableOverrides":[{"name":"a","value":1}]}',
      },
      {
        'variables.json': '{"variables":[{"name":"a","value":2}]}',
        'valueSets/Prod.json': '{"variableOverrides":[{"name":"a","value":2}]}',
      },
      'VariableLibrary Claims: variable a changed, value set Prod: value a changed',
    ],
    [
      'libraries',
      'Environment',
      { 'Libraries/PublicLibraries/environment.yml': 'dependencies:\n  - pip:\n      - pandas==2.0.0\n' },
      {
        'Libraries/PublicLibraries/environment.yml':
          'dependencies:\n  - pip:\n      - pandas==2.1.0\n      - lxml==5.0\n',
      },
      'Environment Claims: library lxml added, library pandas changed',
    ],
    [
      'anything else by its files',
      'CopyJob',
      { 'copyjob-content.json': '{"a":1}' },
      { 'copyjob-content.json': '{"a":2}' },
      'CopyJob Claims: 1 file changed',
    ],
    [
      'files beside what is told',
      'Notebook',
      { 'notebook-content.py': cells('a') },
      { 'notebook-content.py': cells('b'), '.schedules': '{}' },
      'Notebook Claims: 1 cell changed, 1 other file changed',
    ],
  ])('tells %s', (_, type, before, after, sentence) => {
    expect(told(type, before, after)).toEqual([sentence])
  })

  it('says nothing of line ends, key order and logical ids', () => {
    const platform = (id: string) =>
      `{"metadata":{"type":"Report","displayName":"Claims"},"config":{"logicalId":"${id}"}}`
    expect(
      told(
        'CopyJob',
        { 'a.json': '{"a":1,"b":2}', 'b.sql': 'x\ny\n', '.platform': platform('1') },
        { 'a.json': '{ "b": 2, "a": 1 }', 'b.sql': 'x\r\ny', '.platform': platform('2') },
      ),
    ).toEqual([])
  })

  it('flags a changed data type and a lost partition as a reload', () => {
    const columns = (type: string, more = '') => table(`\tcolumn PostalCode\n\t\tdataType: ${type}\n${more}`)
    const reloads = (before: Record<string, string>, after: Record<string, string>) =>
      diff([item('SemanticModel', 'Claims', before)], [item('SemanticModel', 'Claims', after)])[0]?.reloadsData
    expect(reloads(columns('string'), columns('int64'))).toBe(true)
    expect(reloads(columns('string', '\tpartition p = m\n\t\tmode: import\n'), columns('string'))).toBe(true)
    expect(reloads(columns('string'), columns('string', '\tmeasure m = 1\n'))).toBe(false)
  })
})

describe('items', () => {
  const report = item('Report', 'Claims', { 'report.json': '{}' })

  it('are all added when there was no release before', () => {
    expect(diffSnapshots(null, { workspaceId: 'w', items: [report] }).map(changeSentence)).toEqual([
      'Report Claims: added',
    ])
  })

  it('are followed through a rename, a move and a new description', () => {
    const after = { ...report, name: 'Claims overview', folder: 'Reports', description: 'new' }
    expect(diff([report], [after]).map(changeSentence)).toEqual([
      'Report Claims overview: renamed from Claims, description changed, moved to folder Reports',
    ])
  })

  it('that were made anew are the same item by type and name', () => {
    expect(diff([report], [{ ...report, objectId: 'other' }])).toEqual([])
    expect(diff([report], []).map(changeSentence)).toEqual(['Report Claims: removed'])
  })
})
