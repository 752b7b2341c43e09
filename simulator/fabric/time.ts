/** Fabric's form of a time: UTC, seven decimals and no zone. */
export const zonelessTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}0000`

export const zonedTime = (ms: number): string => new Date(ms).toISOString()
