import { z } from 'zod'

/** What a person writes beside a decision. Invisible characters do not make a comment; control characters are refused. */
export const statement = z
  .string()
  .trim()
  .max(2_000, 'Keep it under 2,000 characters.')
  .refine(text => !/[^\P{Cc}\n\r\t]/u.test(text), 'Control characters are not allowed.')

/** True when there is nothing to read in a text: blanks, zero-width and other invisible characters only. */
export const isBlank = (text: string): boolean => !/[^\p{Z}\p{C}\u115f\u1160\u3164\uffa0\u2800]/u.test(text)
