import { z } from 'zod'
import { badRequest } from '../http/api-error'
import { platformSchema } from '../store/git-format'

export const definitionSchema = z.object({
  format: z.string().optional(),
  parts: z
    .array(z.object({ path: z.string().min(1), payload: z.string(), payloadType: z.literal('InlineBase64') }))
    .min(1),
})

export type Definition = z.infer<typeof definitionSchema>
export type Platform = z.infer<typeof platformSchema>

const mainParts: Readonly<Record<string, RegExp>> = {
  Notebook: /^(notebook-content\.(py|sql|scala|r)|[^/]+\.ipynb)$/,
  DataPipeline: /^pipeline-content\.json$/,
  Report: /^definition\.pbir$/,
  SemanticModel: /^definition\.pbism$/,
  VariableLibrary: /^variables\.json$/,
  SparkJobDefinition: /^SparkJobDefinitionV1\.json$/,
}

/** Decodes and checks the parts of an item; `.platform` comes apart from the rest. */
export function readDefinition(
  type: string,
  definition: Definition,
): { parts: Map<string, Buffer>; platform: Platform | null } {
  const parts = new Map<string, Buffer>()
  let platform: Platform | null = null
  for (const { path, payload } of definition.parts) {
    const bytes = decode(path, payload)
    if (path === '.platform') platform = readPlatform(type, bytes)
    else if (parts.has(path)) throw corrupted(`The part '${path}' comes twice`)
    else parts.set(path, bytes)
  }
  const main = mainParts[type]
  if (main !== undefined && ![...parts.keys()].some(path => main.test(path))) {
    throw corrupted(`A definition of ${type} has to have its main part`)
  }
  for (const [path, bytes] of parts) checkPart(type, path, bytes)
  return { parts, platform }
}

const corrupted = (message: string) => badRequest('CorruptedPayload', message)

function decode(path: string, payload: string): Buffer {
  if (path.length > 250 || path.startsWith('/') || path.split('/').includes('..')) {
    throw badRequest('InvalidFilesPath', `'${path}' is not a path of a part`)
  }
  const compact = payload.replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    throw corrupted(`The payload of '${path}' is not base64`)
  }
  return Buffer.from(compact, 'base64')
}

function readPlatform(type: string, bytes: Buffer): Platform {
  const platform = platformSchema.safeParse(parseJson('.platform', bytes))
  if (!platform.success) throw corrupted('The .platform part is not valid')
  if (platform.data.metadata.type !== type) {
    throw corrupted(`The .platform part is of type ${platform.data.metadata.type}, the item of type ${type}`)
  }
  return platform.data
}

function parseJson(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    throw corrupted(`The part '${path}' is not JSON`)
  }
}

function checkPart(type: string, path: string, bytes: Buffer): void {
  if (type === 'Notebook' && /^notebook-content\./.test(path)) {
    if (!/^\uFEFF?(#|--|\/\/) Fabric notebook source\r?\n/.test(bytes.toString('utf8'))) {
      throw badRequest('PyToIPynbFailure', 'The notebook source lacks its marker lines')
    }
  }
  if (path === 'pipeline-content.json' || path === 'variables.json' || path.endsWith('.ipynb')) parseJson(path, bytes)
  if (type === 'Report' && path === 'definition.pbir') {
    const reference = z
      .object({ datasetReference: z.object({ byPath: z.unknown() }) })
      .safeParse(parseJson(path, bytes))
    if (reference.success && reference.data.datasetReference.byPath) {
      throw corrupted('definition.pbir has to bind its model byConnection; byPath works in git only')
    }
  }
}
