/** Values that are computed again once what they were computed of is another. */
export class Memo<T> {
  private readonly values = new Map<string, { stamp: string; value: T }>();
  private size = 0;

  /**
   * @param most - how large all values together are that are kept
   * @param sizeOf - how large one is; unless said, their number counts
   */
  constructor(
    private readonly most: number,
    private readonly sizeOf: (value: T) => number = () => 1,
  ) {}

  get(key: unknown, stamp: string, compute: () => T): T {
    const value = this.known(key, stamp) ?? compute();
    this.keep(key, stamp, value);
    return value;
  }

  /** What was kept, where what it was computed of is still the same. */
  known(key: unknown, stamp: string): T | undefined {
    const id = JSON.stringify(key);
    const found = this.values.get(id);
    if (found?.stamp !== stamp) return undefined;
    // The one asked for last is dropped last.
    this.values.delete(id);
    this.values.set(id, found);
    return found.value;
  }

  keep(key: unknown, stamp: string, value: T): void {
    const id = JSON.stringify(key);
    this.drop(id);
    this.values.set(id, { stamp, value });
    this.size += this.sizeOf(value);
    for (const [oldest] of this.values) {
      if (this.size <= this.most) break;
      this.drop(oldest);
    }
  }

  private drop(id: string): void {
    const found = this.values.get(id);
    if (!found) return;
    this.values.delete(id);
    this.size -= this.sizeOf(found.value);
  }
}
