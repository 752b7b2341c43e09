import { RailSection } from '@/components/ui/columns'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { HomeView } from '@/lib/insight/home/queries'

/** The confirmed windows that lie ahead. */
export function ComingUp({ comingUp, now }: Pick<HomeView, 'comingUp' | 'now'>) {
  return (
    <RailSection title="Coming up">
      {comingUp.length === 0 ? (
        <p className="text-ink-muted">No window is confirmed.</p>
      ) : (
        <div className="rounded-md border bg-surface">
          <Rows label="Confirmed windows">
            {comingUp.map(({ href, title, start, zone }) => (
              <Row
                key={href}
                icon="calendar"
                title={title}
                href={href}
                note={<Time at={start} now={now} zone={zone} as="plain" />}
              />
            ))}
          </Rows>
        </div>
      )}
    </RailSection>
  )
}
