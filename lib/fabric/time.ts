/** An instant as Fabric writes it. It leaves the zone out and means UTC. */
export const fabricTime = (text: string): Date => new Date(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)

export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))
