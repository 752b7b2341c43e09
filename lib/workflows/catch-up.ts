import { db } from '@/lib/db/client'
import { fabric } from '@/lib/fabric/fabric'
import { catchUp } from '@/lib/git/catch-up'
import { openGitHub } from '@/lib/git/github'
import { log } from './log'

/** On a schedule: a provider does not send a push again by itself, so the head of each followed branch is looked at (policy 1.2). */
export async function catchUpBranches(): Promise<void> {
  for (const { project, ending } of await catchUp({ db: db(), gitHub: openGitHub(), fabric: fabric() })) {
    log().info({ project, ...ending }, 'a commit was followed that no delivery told of')
  }
}
