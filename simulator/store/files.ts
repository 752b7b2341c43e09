import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Every file under a folder, by its path with slashes. */
export function readFolder(directory: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(directory, file).split(path.sep).join('/'), readFileSync(file))
  }
  return files
}
