/** Counts the distinct states that were seen after one and the same round. */
export class StateCount {
  readonly #seen = new Map<bigint, Set<string>>();

  note(round: bigint, state: string): void {
    const states = this.#seen.get(round) ?? new Set();
    this.#seen.set(round, states.add(state));
  }

  /** The most that any round has. */
  get distinct(): number {
    return [...this.#seen.values()].reduce((most, { size }) => Math.max(most, size), 0);
  }

  /** Rounds that something was seen after. */
  get rounds(): number {
    return this.#seen.size;
  }
}
