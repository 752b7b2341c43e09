/** The instant that a page was made at, and the zone that it states times in. */
export type Moment = { readonly now: Date; readonly zone: string }
