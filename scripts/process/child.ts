import { type ChildProcess, spawn } from 'node:child_process'
import { openLog } from './log'

export type Child = {
  readonly name: string
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>
  readonly pid: number | undefined
  stop(): Promise<void>
}

type Options = {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly logPath: string
  /** How long a stop waits before it kills. */
  readonly graceMs?: number
}

/** Starts Node on a script as a process of its own, with its output in a log file. Ended by its id. */
export async function startChild(options: Options): Promise<Child> {
  const log = await openLog(options.logPath)
  const child = spawn(process.execPath, [...options.args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  })
  const exited = new Promise<number | null>(done => {
    child.once('exit', code => {
      log.close().catch(() => {})
      done(code)
    })
  })
  return { name: options.name, exited, pid: child.pid, stop: () => stopChild(child, exited, options.graceMs ?? 15_000) }
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exited
  clearTimeout(timer)
}
