import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from './ids'

/** Bytes of item parts by their hash, in memory and as files. */
export class Blobs {
  private readonly known = new Map<string, Buffer>()
  private readonly directory: string

  constructor(directory: string) {
    this.directory = path.join(directory, 'parts')
    mkdirSync(this.directory, { recursive: true })
  }

  put(bytes: Buffer): string {
    const hash = sha256(bytes)
    if (this.known.has(hash)) return hash
    this.known.set(hash, bytes)
    const file = path.join(this.directory, hash)
    if (!existsSync(file)) writeFileSync(file, bytes)
    return hash
  }

  get(hash: string): Buffer {
    const known = this.known.get(hash)
    if (known !== undefined) return known
    const bytes = readFileSync(path.join(this.directory, hash))
    this.known.set(hash, bytes)
    return bytes
  }
}
