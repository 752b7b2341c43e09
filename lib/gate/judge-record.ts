import type { Criterion, CriterionId } from './criteria'
import type { GateFacts } from './facts'
import type { Judgement } from './judge'
import { recordSchemas } from './records'

/** A record is met when it exists and says what it has to say. */
export function judgeRecord(criterion: Criterion & { readonly id: CriterionId }, facts: GateFacts): Judgement {
  const record = facts.records[criterion.id]
  if (!record) return { met: false, because: 'missing', sentence: criterion.clearedBy }
  const told = { by: record.madeBy, at: record.madeAt }
  const met = (sentence: string): Judgement => ({ met: true, because: null, sentence, ...told })
  switch (criterion.id) {
    case 'deployment-window':
      return judgeWindow(record.content, facts.now, met)
    case 'communication':
      return judgeAnnouncement(facts.announcement, met)
    case 'on-call':
      return met(`${recordSchemas['on-call'].parse(record.content).person} is on call`)
    case 'rollback-plan':
      return met(recordSchemas['rollback-plan'].parse(record.content).method)
    default:
      return met('Written down')
  }
}

function judgeWindow(content: unknown, now: Date, met: (sentence: string) => Judgement): Judgement {
  const window = recordSchemas['deployment-window'].parse(content)
  if (now >= new Date(window.end)) {
    return { met: false, because: 'too-late', sentence: 'The confirmed window has passed: confirm another one.' }
  }
  return met('Confirmed')
}

function judgeAnnouncement(mails: GateFacts['announcement'], met: (sentence: string) => Judgement): Judgement {
  const total = mails.sent + mails.waiting + mails.failed
  if (mails.sent > 0 && mails.waiting === 0) return met(`${mails.sent} of ${total} delivered`)
  if (total === 0) return { met: false, because: 'awaiting', sentence: 'The announcement is being sent.' }
  if (mails.waiting > 0)
    return { met: false, because: 'awaiting', sentence: `${mails.sent} of ${total} delivered so far.` }
  return { met: false, because: 'failing', sentence: 'The announcement reached nobody: send it again.' }
}
