import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { DAYS } from '../sample/history';

const recordSchema = z.object({
  today: z.string().datetime(),
  days: z.number().int().default(DAYS),
  portalUrl: z.string(),
  told: z.array(z.string()),
  isWhole: z.boolean(),
});

/** What the sample company's history was made with, and how much of it the portal knows. */
export class HistoryRecord {
  private constructor(
    private readonly path: string,
    private record: z.infer<typeof recordSchema>,
  ) {}

  /** @returns nothing where none was begun */
  static open(path: string): HistoryRecord | undefined {
    if (!existsSync(path)) return undefined;
    const record = recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return new HistoryRecord(path, record);
  }

  static begin(
    path: string,
    made: { today: Date; days: number; portalUrl: string },
  ): HistoryRecord {
    const { today, days, portalUrl } = made;
    const record = {
      today: today.toISOString(),
      days,
      portalUrl,
      told: [],
      isWhole: false,
    };
    return new HistoryRecord(path, record).save();
  }

  /** The day that it ends before, at each start the same. */
  get today(): Date {
    return new Date(this.record.today);
  }

  /** How many days it goes back. */
  get days(): number {
    return this.record.days;
  }

  /** Where the portal was when the repositories were made: they name it. */
  get portalUrl(): string {
    return this.record.portalUrl;
  }

  /** The repositories that the portal knows all of. */
  get told(): readonly string[] {
    return this.record.told;
  }

  /** Whether those are all. */
  get isWhole(): boolean {
    return this.record.isWhole;
  }

  tell(repository: string) {
    this.record = { ...this.record, told: [...this.told, repository] };
    this.save();
  }

  close() {
    this.record = { ...this.record, isWhole: true };
    this.save();
  }

  private save(): this {
    // Whole or not at all, whenever it is killed.
    writeFileSync(`${this.path}.new`, `${JSON.stringify(this.record)}\n`);
    renameSync(`${this.path}.new`, this.path);
    return this;
  }
}
