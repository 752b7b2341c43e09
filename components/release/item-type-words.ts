/** "Semantic model": an item type as people say it, from the name that Fabric gives it. */
export function itemTypeWords(type: string): string {
  const spaced = type.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
  const [first = '', ...rest] = spaced.split(' ')
  return [first, ...rest.map(word => (/^[A-Z]+$/.test(word) ? word : word.toLowerCase()))].join(' ')
}
