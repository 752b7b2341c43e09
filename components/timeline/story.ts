import { dayWords } from '@/components/ui/time-words'
import type { AuditLine } from '@/lib/audit/queries'

/** An entry with the steps of the machine that followed from it. */
export type Chapter = { readonly line: AuditLine; readonly steps: readonly AuditLine[] }
export type Day = { readonly day: string; readonly chapters: readonly Chapter[] }

/** Entries, oldest first, with minor steps folded under what came before them. */
export function chaptersOf(lines: readonly AuditLine[]): readonly Chapter[] {
  const chapters: { line: AuditLine; steps: AuditLine[] }[] = []
  for (const line of lines) {
    const last = chapters.at(-1)
    if (line.minor && last) last.steps.push(line)
    else chapters.push({ line, steps: [] })
  }
  return chapters
}

/** Consecutive chapters under the heading of their day in the stated zone, in the order given. */
export function daysOf(chapters: readonly Chapter[], now: Date, zone: string): readonly Day[] {
  const days: { day: string; chapters: Chapter[] }[] = []
  for (const chapter of chapters) {
    const day = dayWords(chapter.line.at, now, zone)
    const last = days.at(-1)
    if (last?.day === day) last.chapters.push(chapter)
    else days.push({ day, chapters: [chapter] })
  }
  return days
}
