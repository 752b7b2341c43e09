import { Mono } from '@/components/ui/mono'
import { Region } from '@/components/ui/region'
import { Row, Rows } from '@/components/ui/rows'
import { Time } from '@/components/ui/time'
import type { CommitView } from '@/lib/insight/release/queries'

type CommitListProps = { commits: readonly CommitView[]; now: Date; zone: string }

/** The commits of a release, each with whether its message keeps the convention. */
export function CommitList({ commits, now, zone }: CommitListProps) {
  const broken = commits.filter(commit => commit.problems.length > 0).length
  const aside = broken === 0 ? 'all keep the convention' : `${broken} of ${commits.length} break the convention`
  return (
    <Region title="Commits" id="commits" aside={aside}>
      <Rows>
        {commits.map(commit => (
          <Row
            key={commit.sha}
            state={commit.problems.length > 0 ? 'failing' : 'plain'}
            title={commit.subject}
            note={
              <>
                <Mono>{commit.sha.slice(0, 7)}</Mono> · {commit.author}
                {commit.isMerge && ' · merge, exempt from the convention'}
                {commit.problems.length > 0 && ` · ${commit.problems.join(', ')}`}
              </>
            }
            right={<Time at={commit.at} now={now} zone={zone} />}
          />
        ))}
      </Rows>
    </Region>
  )
}
