/** `CHG-0001` */
export const ticketNumber = (number: number): string => `CHG-${String(number).padStart(4, '0')}`

/** The number in `CHG-0001`, `chg-1` or `1`; null when it is none. */
export function parseTicketNumber(text: string): number | null {
  const match = /^(?:CHG-)?0*([1-9]\d{0,8})$/i.exec(text.trim())
  return match ? Number(match[1]) : null
}
