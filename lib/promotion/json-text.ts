type Span = { readonly start: number; readonly end: number }

/** JSON with the place of every value in its text. `start` and `end` of a string lie outside its quotes. */
export type JsonNode =
  | (Span & { readonly kind: 'string'; readonly value: string })
  | (Span & { readonly kind: 'literal' })
  | (Span & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Span & { readonly kind: 'object'; readonly members: readonly JsonMember[] })
export type JsonObject = Extract<JsonNode, { kind: 'object' }>
export type JsonString = Extract<JsonNode, { kind: 'string' }>
export type JsonMember = { readonly key: string; readonly start: number; readonly value: JsonNode }

const stringToken = /"(?:[^"\\]|\\.)*"/y
const literalToken = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const blank = /[ \t\r\n\uFEFF]*/y
const maxDepth = 500

class JsonReader {
  position: number
  readonly text: string
  constructor(text: string, start: number) {
    this.text = text
    this.position = start
  }

  value(depth: number): JsonNode {
    this.skipBlank()
    const start = this.position
    const first = this.text[start]
    if (depth > maxDepth) throw new SyntaxError('nested too deeply')
    if (first === '{') return this.object(start, depth)
    if (first === '[') return this.array(start, depth)
    if (first === '"') return this.string()
    this.take(literalToken)
    return { kind: 'literal', start, end: this.position }
  }

  skipBlank() {
    blank.lastIndex = this.position
    blank.test(this.text)
    this.position = blank.lastIndex
  }

  private object(start: number, depth: number): JsonNode {
    const members: JsonMember[] = []
    this.each('}', () => {
      const key = this.string()
      this.skipBlank()
      this.expect(':')
      members.push({ key: key.value, start: key.start, value: this.value(depth + 1) })
    })
    return { kind: 'object', start, end: this.position, members }
  }

  private array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    this.each(']', () => items.push(this.value(depth + 1)))
    return { kind: 'array', start, end: this.position, items }
  }

  private each(close: string, readOne: () => void) {
    this.position += 1
    this.skipBlank()
    if (this.text[this.position] !== close) {
      do {
        this.skipBlank()
        readOne()
        this.skipBlank()
      } while (this.accept(','))
    }
    this.expect(close)
  }

  private string(): JsonString {
    const start = this.position
    const token = this.take(stringToken)
    return { kind: 'string', start, end: this.position, value: JSON.parse(token) }
  }

  private take(token: RegExp): string {
    token.lastIndex = this.position
    const match = token.exec(this.text)
    if (match === null) throw new SyntaxError(`no JSON at ${this.position}`)
    this.position = token.lastIndex
    return match[0]
  }

  private accept(character: string): boolean {
    if (this.text[this.position] !== character) return false
    this.position += 1
    return true
  }

  private expect(character: string) {
    if (!this.accept(character)) throw new SyntaxError(`no ${character} at ${this.position}`)
  }
}

/** The JSON value that fills the text; null when it is not JSON. */
export function readJson(text: string): JsonNode | null {
  const reader = new JsonReader(text, 0)
  try {
    const node = reader.value(0)
    reader.skipBlank()
    return reader.position === text.length ? node : null
  } catch (problem) {
    if (problem instanceof SyntaxError) return null
    throw problem
  }
}

export type JsonValue = { readonly node: JsonNode; readonly key: string | null; readonly owner: JsonObject | null }

/** A node and every value below it, with the key it stands under and the object that has the key. */
export function jsonValues(root: JsonNode): JsonValue[] {
  const found: JsonValue[] = []
  const open: JsonValue[] = [{ node: root, key: null, owner: null }]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    found.push(value)
    const { node, key, owner } = value
    if (node.kind === 'array') for (const item of node.items) open.push({ node: item, key, owner })
    if (node.kind === 'object')
      for (const one of node.members) open.push({ node: one.value, key: one.key, owner: node })
  }
  return found
}

/** The JSON path of the innermost value at a place of the text: `$.properties.activities[0].name`. */
export function pathAt(root: JsonNode, position: number): string {
  const isIn = (node: JsonNode) => node.start <= position && position < node.end
  if (root.kind === 'array') {
    const index = root.items.findIndex(isIn)
    const item = root.items[index]
    return item === undefined ? '$' : `$[${index}]${pathAt(item, position).slice(1)}`
  }
  const inside = root.kind === 'object' ? root.members.find(({ value }) => isIn(value)) : undefined
  return inside === undefined ? '$' : `$${step(inside.key)}${pathAt(inside.value, position).slice(1)}`
}

export function member(node: JsonNode | null | undefined, ...keys: readonly string[]): JsonNode | null {
  let current = node ?? null
  for (const key of keys) {
    if (current?.kind !== 'object') return null
    current = current.members.find(one => one.key === key)?.value ?? null
  }
  return current
}

export function stringMember(node: JsonNode | null | undefined, ...keys: readonly string[]): JsonString | null {
  const found = member(node, ...keys)
  return found?.kind === 'string' ? found : null
}

const step = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)
