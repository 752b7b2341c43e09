import { PageHead } from '@/components/ui/page-head'
import { Tabs } from '@/components/ui/tabs'

const tabs = [
  { href: '/settings/projects', label: 'Projects' },
  { href: '/settings/members', label: 'Members' },
  { href: '/settings/tokens', label: 'Tokens' },
] as const

/** Title and tabs of the settings; `current` is the tab shown. */
export function SettingsHead({ current }: { current: (typeof tabs)[number]['href'] }) {
  return (
    <>
      <PageHead title="Settings" />
      <Tabs label="Settings" tabs={tabs} current={current} />
    </>
  )
}
