import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { generateClient } from './start/build'
import { findChromium } from './test/chromium'

/** `npm test`: everything that CI runs. Its last line is `N passed, N failed`, with `, N skipped` where something was. */
type Count = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}

const bin = (name: string) => `node_modules/.bin/${name}`
const reports = '.data/reports'
await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })

const counts: Count[] = []
findChromium()
await generateClient()
counts.push(await check('format and lint', bin('biome'), ['check', '.']))
counts.push(await check('types', bin('tsc'), ['--noEmit', '-p', '.']))
counts.push(
  await check('dead code', bin('knip'), ['--no-progress', '--include', 'files,dependencies,unlisted,unresolved']),
)
counts.push(await tests('pure', ['--project', 'pure']))
counts.push(await tests('simulator', ['--project', 'simulator']))
counts.push(await tests('database', ['--project', 'database']))
counts.push(await check('build', process.execPath, ['--import', 'tsx', 'scripts/build.ts']))
counts.push(await browser())

console.log()
for (const { name, passed, failed, skipped, seconds } of counts) {
  console.log(
    `${name.padEnd(16)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`,
  )
}
const sum = (key: 'passed' | 'failed' | 'skipped') => counts.reduce((total, count) => total + count[key], 0)
const skipped = sum('skipped')
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(sum('failed') === 0 ? 0 : 1)

async function check(name: string, program: string, args: readonly string[]): Promise<Count> {
  const { code, seconds } = await run(name, program, args)
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds }
}

async function tests(name: string, args: readonly string[]): Promise<Count> {
  const file = `${reports}/${name}.json`
  const { code, seconds } = await run(name, bin('vitest'), [
    'run',
    ...args,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  if (!existsSync(file)) return { name, passed: 0, failed: 1, skipped: 0, seconds }
  const report = JSON.parse(await readFile(file, 'utf8'))
  const failed = report.numFailedTests as number
  const skipped = (report.numPendingTests as number) + (report.numTodoTests as number)
  return { name, passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, skipped, seconds }
}

async function browser(): Promise<Count> {
  const name = 'browser'
  const { code, seconds } = await run(name, bin('playwright'), ['test'])
  const file = '.data/e2e/report.json'
  if (!existsSync(file)) return { name, passed: 0, failed: 1, skipped: 0, seconds }
  const { stats } = JSON.parse(await readFile(file, 'utf8'))
  const failed = stats.unexpected as number
  return {
    name,
    passed: stats.expected + stats.flaky,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats.skipped,
    seconds,
  }
}

function run(name: string, program: string, args: readonly string[]): Promise<{ code: number; seconds: number }> {
  console.log(`\n── ${name} ──`)
  const began = Date.now()
  return new Promise(done => {
    const child = spawn(program, [...args], { stdio: 'inherit' })
    child.on('exit', code => done({ code: code ?? 1, seconds: Math.round((Date.now() - began) / 1000) }))
  })
}
