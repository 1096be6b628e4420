/** Values that are computed again once what they were computed of is another. */
export class Memo<T> {
  private readonly kept = new Map<string, { stamp: string; value: T }>();

  /** @param most - how many values are kept */
  constructor(private readonly most: number) {}

  get(key: unknown, stamp: string, compute: () => T): T {
    const id = JSON.stringify(key);
    const known = this.kept.get(id);
    const value = known?.stamp === stamp ? known.value : compute();
    // The one asked for last is dropped last.
    this.kept.delete(id);
    this.kept.set(id, { stamp, value });
    if (this.kept.size > this.most) {
      this.kept.delete(this.kept.keys().next().value!);
    }
    return value;
  }
}
