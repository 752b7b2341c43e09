/** Timeouts that a stop can cancel. */
export class Timers {
  private readonly running = new Set<NodeJS.Timeout>()
  private stopped = false

  after(ms: number, act: () => void): void {
    if (this.stopped) return
    const timer = setTimeout(() => {
      this.running.delete(timer)
      act()
    }, ms)
    this.running.add(timer)
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => this.after(ms, resolve))
  }

  cancelAll(): void {
    for (const timer of this.running) clearTimeout(timer)
    this.running.clear()
  }

  stop(): void {
    this.stopped = true
    this.cancelAll()
  }
}
