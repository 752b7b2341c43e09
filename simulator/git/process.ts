import { spawn } from 'node:child_process'
import { devNull } from 'node:os'

/** Git's surroundings, free of the machine's own git configuration. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
}

export class GitFailed extends Error {
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number | null,
    readonly complaint: string,
  ) {
    super(`git ${args.join(' ')} ended with ${exitCode}: ${complaint.trim()}`)
  }
}

/** Runs git in a bare repository and gives what it printed; throws `GitFailed` when it does not end with 0. */
export function git(repositoryDir: string, args: readonly string[], input?: Buffer | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', repositoryDir, ...args], { env: gitEnvironment })
    const printed: Buffer[] = []
    const complaints: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve(Buffer.concat(printed))
      else reject(new GitFailed(args, code, Buffer.concat(complaints).toString()))
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

export async function gitText(repositoryDir: string, args: readonly string[]): Promise<string> {
  return (await git(repositoryDir, args)).toString().trim()
}
