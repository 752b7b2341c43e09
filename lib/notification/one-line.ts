const breaking = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu
const controls = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu

/** A text for a mail header or one line of a body: what could end the line, or turn its direction, becomes one blank. */
export function oneLine(text: string, longest = 200): string {
  const line = text.replace(breaking, ' ').trim()
  const characters = [...line]
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`
}

/** A text of several lines for a body: only line feeds and tabs stay of the control characters. */
export const plainBlock = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '').trim()
