import { plainTime } from '@/components/ui/time-words'
import type { GateTicket } from './gate-forms'

/** "Thu 26 Nov, 20:00 to Thu 26 Nov, 22:00 (Europe/Oslo)" */
export function windowWords({ window, now, project }: Pick<GateTicket, 'window' | 'now' | 'project'>): string {
  if (!window) return 'No window yet'
  const [start, end] = [window.start, window.end].map(at => plainTime(new Date(at), now, project.zone))
  return `${start} to ${end} (${project.zone})`
}
