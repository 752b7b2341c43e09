/** A form as a plain object: a name that comes once is a text, one that comes more often a list. Files and Next's own fields stay out. */
export function readForm(data: FormData): Record<string, string | readonly string[]> {
  const names = [...new Set(data.keys())].filter(name => !name.startsWith('$ACTION'))
  return Object.fromEntries(
    names.map(name => {
      const texts = data.getAll(name).filter(value => typeof value === 'string')
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts]
    }),
  )
}

/** What was typed, to be shown again after a refusal. */
export function typedIn(data: FormData): Record<string, string> {
  const entries = Object.entries(readForm(data)).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(entries) as Record<string, string>
}
