import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BuildHop, Outcome } from './checks'

/** Where the portal is, without a slash at its end, and the token to report with. */
export type Target = { readonly portalUrl: string; readonly token: string }

export type Report = {
  readonly criterion: string
  readonly label: string
  readonly summary: string
  readonly link: string
  /** Null: no answer came, `answer` says why. */
  readonly status: number | null
  readonly answer: string
}

export type Build = {
  readonly number: number
  readonly commit: string
  readonly hop: BuildHop
  readonly outcome: Outcome
  readonly startedAt: string
  readonly reports: readonly Report[]
}

type State = { readonly target: Target | null; readonly lastNumber: number; readonly builds: readonly Build[] }

const mostBuilds = 50
const firstState: State = { target: null, lastNumber: 0, builds: [] }

/** The build's own folder, from the folder of a part that lies beside it. */
export const ciFolderBeside = (partFolder: string) => join(dirname(partFolder), 'ci')

export type CiStore = ReturnType<typeof openCiStore>

/** The portal's address and the builds that ran, in one file. It is read each time, so any number may be open. */
export function openCiStore(dataDir: string) {
  const file = join(dataDir, 'state.json')
  const read = (): State => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : firstState)
  const change = (changed: Partial<State>) => {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify({ ...read(), ...changed }), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    target: () => read().target,
    setTarget: (target: Target) => change({ target }),
    builds: () => read().builds,
    addBuild: (build: Build) => change({ builds: [...read().builds, build].slice(-mostBuilds) }),
    takeNumber(): number {
      const number = read().lastNumber + 1
      change({ lastNumber: number })
      return number
    },
  }
}
