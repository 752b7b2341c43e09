export type NonEmpty<T> = readonly [T, ...T[]]

/** The same list, known to the compiler to have a first element; null when it is empty. */
export function nonEmpty<T>(list: readonly T[]): NonEmpty<T> | null {
  const [first, ...rest] = list
  return first === undefined ? null : [first, ...rest]
}
