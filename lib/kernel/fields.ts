type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/** What is wrong with each field of a form, by its name. */
export function fieldErrors(issues: readonly Issue[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const issue of issues) {
    const name = String(issue.path[0] ?? '')
    fields[name] = [...(fields[name] ?? []), issue.message]
  }
  return fields
}
