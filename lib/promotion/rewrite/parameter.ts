import type { Edit } from '../edit'
import { type JsonNode, member, readJson, stringMember } from '../json-text'
import { jsonContent } from './escape'

const expressionLine =
  /^expression[ \t]+(?:'((?:[^']|'')+)'|([^\s='"]+))[ \t]*=[ \t]*("(?:[^"]|"")*"|[^\s"`][^\n"]*?)(?=[ \t]+meta[ \t]*\[)/gm

/**
 * The places where a part sets the value of a named parameter: a model's M parameter (`expressions.tmdl`, `model.bim`), a data pipeline's
 * parameter or variable, a variable library's variable. Names are case-sensitive, as in Fabric.
 */
export function parameterEdits(type: string, path: string, text: string, parameter: string, value: string): Edit[] {
  if (type === 'SemanticModel' && /\.tmdl$/i.test(path)) return tmdlEdits(text, parameter, value)
  const root = placesByType[type] === undefined ? null : readJson(text)
  return (placesByType[type]?.(path, root, parameter) ?? []).map(node => {
    const written =
      type === 'SemanticModel' && node.kind === 'string' ? mParameter(node.value, value) : jsonValue(node, value)
    return { start: node.start, end: node.end, text: written, rule: null }
  })
}

const placesByType: Readonly<Record<string, (path: string, root: JsonNode | null, name: string) => JsonNode[]>> = {
  SemanticModel: (path, root, name) =>
    /\.bim$/i.test(path) ? named(member(root, 'model', 'expressions'), name, 'expression') : [],
  DataPipeline: (path, root, name) =>
    path.endsWith('pipeline-content.json')
      ? [
          member(root, 'properties', 'parameters', name, 'defaultValue'),
          member(root, 'properties', 'variables', name, 'defaultValue'),
        ].filter(node => node !== null)
      : [],
  VariableLibrary: (path, root, name) => [
    ...(path.endsWith('variables.json') ? named(member(root, 'variables'), name, 'value') : []),
    ...(path.includes('valueSets/') ? named(member(root, 'variableOverrides'), name, 'value') : []),
  ],
}

function named(list: JsonNode | null, name: string, key: string): JsonNode[] {
  if (list?.kind !== 'array') return []
  return list.items.filter(item => stringMember(item, 'name')?.value === name).flatMap(item => member(item, key) ?? [])
}

/** A number or truth value stays one when the new value can be read as one. */
function jsonValue(node: JsonNode, value: string): string {
  return node.kind === 'literal' && /^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/.test(value)
    ? value
    : JSON.stringify(value)
}

const mText = (value: string) => `"${value.replaceAll('"', '""')}"`

function mParameter(expression: string, value: string): string {
  return `"${jsonContent(expression.replace(/^\s*("(?:[^"]|"")*")/, () => mText(value)))}"`
}

function tmdlEdits(text: string, parameter: string, value: string): Edit[] {
  return [...text.matchAll(expressionLine)].flatMap(match => {
    const [whole, quotedName, plainName, literal] = match
    const name = quotedName?.replaceAll("''", "'") ?? plainName
    if (name !== parameter || literal === undefined) return []
    const end = match.index + whole.length
    const written = literal.startsWith('"') ? mText(value) : value
    return [{ start: end - literal.length, end, text: written, rule: null }]
  })
}
