import { ok, type Result, refuse } from '@/lib/kernel/result'

const deepest = 64

/** Reads bytes as a JSON document in UTF-8, nested at most 64 deep; deeper would exhaust whoever walks it. */
export function readJson(bytes: Uint8Array): Result<unknown> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('invalid', 'The body is not text in UTF-8.')
  }
  if (depthOf(text) > deepest) return refuse('invalid', `The body is nested more than ${deepest} deep.`)
  try {
    return ok(JSON.parse(text))
  } catch {
    return refuse('invalid', 'The body is not JSON.')
  }
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isString) {
      if (character === '\\') at += 1
      else if (character === '"') isString = false
    } else if (character === '"') isString = true
    else if (character === '{' || character === '[') {
      depth += 1
      most = Math.max(most, depth)
    } else if (character === '}' || character === ']') depth -= 1
  }
  return most
}
