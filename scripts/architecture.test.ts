import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The folders of lib in their order (DESIGN section 4): a folder imports only from those before it. */
const order = [
  'kernel',
  'env',
  'db',
  'access',
  'audit',
  'queue',
  'environment',
  'configuration',
  'release',
  'calendar',
  'gate',
  'approval',
  'ticket',
  'fabric',
  'git',
  'promotion',
  'rollback',
  'hotfix',
  'drift',
  'notification',
  'insight',
  'workflows',
]
/** Adapters: they touch the outside and stand beside the order; anything above `audit` may not use them. */
const adapters = ['identity', 'mail', 'http']

const files = ['app', 'components', 'lib', 'simulator', 'scripts', 'e2e'].flatMap(walk)
const imports = new Map(files.map(file => [file, importsOf(file)]))
const isTest = (file: string) => /\.test\.tsx?$|^scripts\/|^e2e\//.test(file)
const product = files.filter(file => !isTest(file))
/** The writer of the audit log stands before access, whose commands need it; its reading side, which needs access, after it. */
const auditWriter = /^lib\/audit\/(record|command|actions)(\.ts)?$/
const folderOf = (path: string) =>
  path.startsWith('lib/') ? (auditWriter.test(path) ? 'db' : (path.split('/')[1] ?? '')) : null

describe('who imports whom', () => {
  test('lib stands in its order', () => {
    const wrong = product
      .filter(file => file.startsWith('lib/'))
      .flatMap(file => {
        const own = folderOf(file) ?? ''
        return targetsOf(file).flatMap(target => {
          const other = folderOf(target)
          if (other === null || other === own || adapters.includes(own) || adapters.includes(other)) return []
          const isBefore = order.indexOf(other) < order.indexOf(own)
          return isBefore && order.includes(own) ? [] : [`${file} → ${target}`]
        })
      })
    expect(wrong).toEqual([])
  })

  test('app uses components uses lib, never back', () => {
    const wrong = product.flatMap(file => {
      const forbidden = file.startsWith('lib/')
        ? ['app/', 'components/']
        : file.startsWith('components/')
          ? ['app/']
          : []
      return targetsOf(file)
        .filter(target => forbidden.some(start => target.startsWith(start)))
        .map(target => `${file} → ${target}`)
    })
    expect(wrong).toEqual([])
  })

  test('nothing but tests and scripts knows the simulator, and the simulator knows nothing of lib', () => {
    const wrong = files.flatMap(file => {
      const start = file.startsWith('simulator/')
        ? /^(lib|app|components|scripts)\//
        : isTest(file)
          ? null
          : /^simulator\//
      return start
        ? targetsOf(file)
            .filter(target => start.test(target))
            .map(target => `${file} → ${target}`)
        : []
    })
    expect(wrong).toEqual([])
  })

  test('only queries, commands, workflows and adapters touch the database', () => {
    const mayTouch =
      /\/(queries\.ts|commands\/|workflows\/)|^lib\/(db|access|audit|queue|identity|mail|http|fabric|git|workflows)\/|^lib\/release\/(store|load)-snapshot\.ts/
    const wrong = product
      .filter(file => file.startsWith('lib/') && !mayTouch.test(file))
      .flatMap(file =>
        (imports.get(file) ?? [])
          .filter(one => one.isValue && /^@\/lib\/db\//.test(one.from))
          .map(one => `${file} → ${one.from}`),
      )
    expect(wrong).toEqual([])
  })

  test('only lib/env reads process.env', () => {
    const readers = product.filter(
      file => /^(lib|components|app)\//.test(file) && /process\.env\b/.test(readFileSync(file, 'utf8')),
    )
    expect(readers.filter(file => !file.startsWith('lib/env/'))).toEqual([])
  })
})

/** A command's file is one that exports a function over a Context. */
const commands = product
  .filter(file => /\/commands\//.test(file))
  .map(file => ({ file, text: readFileSync(file, 'utf8') }))

describe('commands', () => {
  const public_ = commands.filter(
    ({ file, text }) => !open.includes(file) && /export async function \w+\(\s*ctx: Context/.test(text),
  )

  test('there are commands', () => {
    expect(public_.length).toBeGreaterThan(5)
  })

  test.each(public_.map(({ file, text }) => [file, text] as const))(
    '%s authorises, opens a transaction and audits',
    (_file, text) => {
      expect(text).toMatch(/\bauthorise(Roles)?\(|\bauthoriseToken\(/)
      expect(text).toMatch(/\bcommand(<[^(]*>)?\(/)
      expect(text).toMatch(/\brecord\(|\bcloseNow\(|\bopenTicket\(/)
    },
  )
})

describe('files', () => {
  test('are at most 300 lines', () => {
    const long = files.filter(file => readFileSync(file, 'utf8').split('\n').length > 301)
    expect(long).toEqual([])
  })

  test('hold no any and no suppression', () => {
    const bad = /: any\b|\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)|biome-ignore|oxlint-disable/
    const found = files.filter(
      file => file !== 'scripts/architecture.test.ts' && bad.test(withoutProse(readFileSync(file, 'utf8'))),
    )
    expect(found).toEqual([])
  })
})

/** Signing in and out is everybody's own: nothing to authorise. */
const open: readonly string[] = ['lib/access/commands/sign-in.ts', 'lib/access/commands/sign-out.ts']

/** Code without its comments and texts, where `any` is an English word; suppressions stay. */
function withoutProse(code: string): string {
  const quoted = code.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/'(?:[^'\\\n]|\\.)*'|`[^`]*`/g, "''")
  return quoted.replace(/\/\/(?! @ts| biome| oxlint).*/g, '')
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !/\/generated\/|simulator\/demo\/(items|later)\//.test(path))
}

function importsOf(file: string): { from: string; isValue: boolean }[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gms,
  )
  return [...found].map(match => ({ from: match[2] ?? match[3] ?? match[4] ?? '', isValue: match[1] === undefined }))
}

/** The files of this repository that a file imports, as paths from its root. */
function targetsOf(file: string): string[] {
  return (imports.get(file) ?? []).flatMap(({ from }) => {
    if (from.startsWith('@/')) return [from.slice(2)]
    return from.startsWith('.') ? [join(file, '..', from)] : []
  })
}
