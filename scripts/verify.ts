import { spawn } from 'node:child_process'
import { generateClient } from './start/build'

/** `npm run verify`: the fast part. Format and lint, types, dead code, pure tests with the architecture test; side by side. */
const bin = (name: string) => `node_modules/.bin/${name}`
const checks: readonly [name: string, program: string, args: readonly string[]][] = [
  ['format and lint', bin('biome'), ['check', '.']],
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['dead code', bin('knip'), ['--no-progress', '--include', 'files,dependencies,unlisted,unresolved']],
  ['pure tests', bin('vitest'), ['run', '--project', 'pure']],
]

await generateClient()
const began = Date.now()
const results = await Promise.all(checks.map(([name, program, args]) => run(name, program, args)))
for (const { name, code, output } of results) if (code !== 0) console.error(`\n── ${name} ──\n${output}`)
const failed = results.filter(result => result.code !== 0)
for (const { name, code, seconds } of results)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
console.log(`verify took ${Math.round((Date.now() - began) / 1000)} s`)
process.exit(failed.length === 0 ? 0 : 1)

function run(name: string, program: string, args: readonly string[]) {
  const start = Date.now()
  return new Promise<{ name: string; code: number; output: string; seconds: number }>(done => {
    const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    child.stdout.on('data', chunk => output.push(chunk))
    child.stderr.on('data', chunk => output.push(chunk))
    child.on('exit', code => {
      const seconds = Math.round((Date.now() - start) / 1000)
      done({ name, code: code ?? 1, output: Buffer.concat(output).toString(), seconds })
    })
  })
}
