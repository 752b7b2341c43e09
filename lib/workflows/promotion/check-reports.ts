import { exportReport } from '@/lib/fabric/power-bi'
import { idOf, live, told } from './check-connectivity'
import type { Check, Validating, Verdict } from './validate'

/** Every report of the release, rendered to PDF by Power BI. */
export const reportChecks = (validating: Validating): Check[] =>
  live(validating, 'Report').map(item => ({
    kind: 'report-rendering',
    subject: item.targetName,
    look: () => told(() => renders(validating, idOf(validating, item))),
  }))

async function renders({ run }: Validating, reportId: string): Promise<Verdict> {
  return judgeDocument(await exportReport(run.fabric, { workspaceId: run.environment.workspaceId, reportId }))
}

const smallestBytes = 400

/** Whether bytes are a whole PDF: it begins and ends like one, and is larger than an empty page's frame. */
export function judgeDocument(bytes: Uint8Array): Verdict {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
  const end = Buffer.from(bytes.subarray(-1024)).toString('latin1')
  if (start !== '%PDF-') return { passed: false, message: 'What came is no PDF document' }
  if (!end.includes('%%EOF')) return { passed: false, message: 'The document is cut off' }
  if (bytes.length < smallestBytes) return { passed: false, message: `The document has only ${bytes.length} bytes` }
  return { passed: true, message: `Rendered, ${bytes.length} bytes` }
}
