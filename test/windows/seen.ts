/** What happened in some schedules, and how often. */
export class Seen {
  readonly counts: Record<string, number> = {};

  note(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times;
  }

  get(what: string): number {
    return this.counts[what] ?? 0;
  }
}
