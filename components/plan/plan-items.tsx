import { Status } from '@/components/status/status'
import { Cell, DataTable, RowHead, TableRow } from '@/components/ui/data-table'
import { Disclosure } from '@/components/ui/disclosure'
import { itemLabel, type Plan, type PlannedItem } from '@/lib/promotion/plan'

const rank: Readonly<Record<PlannedItem['action'], number>> = {
  blocked: 0,
  'would-duplicate': 0,
  create: 1,
  update: 1,
  'not-supported': 2,
  'stays-behind': 3,
  unchanged: 4,
}

/** What needs a look comes first; what stays as it is folds away when there is much of it. */
export function PlanItems({ plan, tier }: { plan: Plan; tier: string }) {
  const sorted = [...plan.items].sort((a, b) => rank[a.action] - rank[b.action] || a.order - b.order)
  const moving = sorted.filter(item => rank[item.action] < 3)
  const staying = sorted.filter(item => rank[item.action] >= 3)
  if (moving.length === 0 || staying.length <= 5)
    return <ItemTable label="Items" items={sorted} plan={plan} tier={tier} />
  return (
    <>
      <ItemTable label="Items that change" items={moving} plan={plan} tier={tier} />
      <div className="border-t px-4 py-1.5 text-sm">
        <Disclosure summary={`${staying.length} items stay as they are`}>
          <ul className="mono columns-1 gap-6 text-ink-muted sm:columns-2">
            {staying.map(item => (
              <li key={keyOf(item)} className="break-inside-avoid wrap-anywhere">
                {nameOf(item)}
              </li>
            ))}
          </ul>
        </Disclosure>
      </div>
    </>
  )
}

type ItemTableProps = { label: string; items: readonly PlannedItem[]; plan: Plan; tier: string }

function ItemTable({ label, items, plan, tier }: ItemTableProps) {
  const columns = [
    { label: 'Item' },
    { label: 'What happens' },
    { label: 'In plain words' },
    { label: `In ${tier} it will use` },
  ]
  return (
    <DataTable label={label} columns={columns}>
      {items.map(item => (
        <TableRow key={keyOf(item)}>
          <RowHead mono>
            {item.targetName}
            <wbr />.{item.type}
          </RowHead>
          <Cell nowrap>
            <Status kind="item" value={item.action} />
          </Cell>
          <Cell>
            <PlainWords item={item} />
          </Cell>
          <Cell mono muted>
            {usesOf(item, plan).map(line => (
              <div key={line}>{line}</div>
            ))}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  )
}

const keyOf = (item: PlannedItem) => `${item.type} ${item.targetName} ${item.sourceId ?? item.targetId}`
const nameOf = (item: PlannedItem) => `${item.targetName}.${item.type}`

function PlainWords({ item }: { item: PlannedItem }) {
  const changes = item.changes.filter(change => change !== 'added')
  const told = changes.length > 0 ? changes : item.because
  const [shown, folded] = [told.slice(0, 4), told.slice(4)]
  return (
    <>
      {shown.map(line => (
        <div key={line}>{sentence(line)}</div>
      ))}
      {folded.length > 0 && (
        <Disclosure summary={`${folded.length} more`}>
          {folded.map(line => (
            <div key={line}>{sentence(line)}</div>
          ))}
        </Disclosure>
      )}
    </>
  )
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The values of the tier that the rules put into an item: "wh_claims_dev → wh_claims_prod". */
function usesOf(item: PlannedItem, plan: Plan): string[] {
  const labels = [
    itemLabel({ type: item.type, name: item.sourceName }),
    itemLabel({ type: item.type, name: item.targetName }),
  ]
  const hits = plan.rules.filter(
    rule => rule.status === 'applied' && rule.files.some(file => labels.includes(file.item)),
  )
  const values = hits.map(({ oldValue, newValue }) => (oldValue === null ? `${newValue}` : `${oldValue} → ${newValue}`))
  const valueSet = plan.activeValueSets.find(set => set.library === item.targetName && set.sourceId === item.sourceId)
  return [...new Set([...values, ...(valueSet ? [`value set ${valueSet.valueSet}`] : [])])]
}
