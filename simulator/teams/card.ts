import { isObject } from '../entra/http'

const cardType = 'application/vnd.microsoft.card.adaptive'

/** Why a webhook does not take this body as a message with an Adaptive Card; null when it does. */
export function whyNoCard(body: unknown): string | null {
  if (!isObject(body)) return 'BodyNotJson: the body has to be a JSON object'
  if (body.type !== 'message') return "PropertyMissing: type has to be 'message'"
  if (!Array.isArray(body.attachments) || body.attachments.length === 0) return 'PropertyMissing: attachments'
  for (const attachment of body.attachments) {
    if (!isObject(attachment) || attachment.contentType !== cardType) {
      return `ContentTypeInvalid: attachments have to be ${cardType}`
    }
    const reason = whyBadCard(attachment.content)
    if (reason) return reason
  }
  return null
}

function whyBadCard(card: unknown): string | null {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return "CardInvalid: content.type has to be 'AdaptiveCard'"
  if (typeof card.version !== 'string' || !/^1\.\d$/.test(card.version)) return 'CardInvalid: content.version'
  if (!Array.isArray(card.body) || card.body.length === 0) return 'CardInvalid: content.body has to have elements'
  const actions = card.actions ?? []
  if (!Array.isArray(actions)) return 'CardInvalid: content.actions has to be a list'
  return [...card.body, ...actions].map(whyBadElement).find(reason => reason !== null) ?? null
}

function whyBadElement(element: unknown): string | null {
  if (!isObject(element) || typeof element.type !== 'string') return 'CardInvalid: an element has no type'
  if (element.type === 'TextBlock' && typeof element.text !== 'string') return 'CardInvalid: a TextBlock has no text'
  if (element.type === 'FactSet' && !Array.isArray(element.facts)) return 'CardInvalid: a FactSet has no facts'
  if (element.type === 'Action.OpenUrl' && !isWebAddress(element.url)) return 'CardInvalid: Action.OpenUrl has no url'
  return null
}

const isWebAddress = (url: unknown) => typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url)

/** What a person would read on the card, line by line. */
export function wordsOf(element: unknown): readonly string[] {
  if (Array.isArray(element)) return element.flatMap(wordsOf)
  if (!isObject(element)) return []
  if (element.type === 'TextBlock') return [String(element.text)]
  if (element.type === 'Action.OpenUrl') return [`${element.title ?? 'Open'}: ${element.url}`]
  if (Array.isArray(element.facts)) {
    return element.facts.filter(isObject).map(fact => `${fact.title}: ${fact.value}`)
  }
  return [
    element.attachments,
    element.content,
    element.body,
    element.items,
    element.columns,
    element.inlines,
    element.actions,
  ].flatMap(wordsOf)
}
