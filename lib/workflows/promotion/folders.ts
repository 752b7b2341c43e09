import { hasErrorCode, isAmbiguous } from '@/lib/fabric/errors'
import { createFolder, listFolderPaths } from '@/lib/fabric/workspaces'
import { requireOwn } from './progress'
import type { Run } from './run'

/** Makes the folders that are missing, parents first: path → id. A folder is known by its path, so that making it twice makes one. */
export async function ensureFolders(run: Run, wanted: readonly string[]): Promise<Record<string, string>> {
  const ids = await readFolders(run)
  const paths = [...new Set(wanted.flatMap(withParents))].sort((a, b) => a.split('/').length - b.split('/').length)
  for (const path of paths) {
    if (ids.has(path.toLowerCase())) continue
    const cut = path.lastIndexOf('/')
    const parentFolderId = cut < 0 ? null : (ids.get(path.slice(0, cut).toLowerCase()) ?? null)
    await requireOwn(run)
    const made = await make(run, path, { displayName: path.slice(cut + 1), parentFolderId })
    ids.set(path.toLowerCase(), made)
  }
  return Object.fromEntries(ids)
}

export const folderId = (folders: Readonly<Record<string, string>>, path: string): string | null =>
  path === '' ? null : (folders[path.toLowerCase()] ?? null)

const withParents = (path: string): string[] =>
  path === '' ? [] : path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))

async function readFolders({ fabric, environment }: Run): Promise<Map<string, string>> {
  const paths = await listFolderPaths(fabric, environment.workspaceId)
  return new Map([...paths].map(([id, path]) => [path.toLowerCase(), id]))
}

async function make(run: Run, path: string, folder: { displayName: string; parentFolderId: string | null }) {
  try {
    return await createFolder(run.fabric, run.environment.workspaceId, folder)
  } catch (error) {
    const mayExist = isAmbiguous(error) || hasErrorCode(error, 'FolderDisplayNameAlreadyInUse')
    const found = mayExist ? (await readFolders(run)).get(path.toLowerCase()) : undefined
    if (found === undefined) throw error
    return found
  }
}
