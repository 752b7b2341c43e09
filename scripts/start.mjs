// `npm start`. Plain JavaScript, since it has to run before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Gatehouse needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

install()
const script = process.argv[2] ?? 'scripts/start.ts'
const child = spawn(process.execPath, ['--import', 'tsx', script, ...process.argv.slice(3)], { stdio: 'inherit' })
// A Ctrl-C reaches the whole process group: the child stops everything, this waits for it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

/** Installs the packages when they are not there, or when the lock file is another than the one they came from. */
function install() {
  const stamp = 'node_modules/.gatehouse-lock'
  const lock = readFileSync('package-lock.json', 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (!existsSync('node_modules/tsx') || existsSync(stamp)) {
    console.log('Installing the packages (once)…')
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    if (status !== 0) process.exit(status ?? 1)
  }
  writeFileSync(stamp, lock)
}
