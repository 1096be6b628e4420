import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { FactsError } from '@waymark/backstage-plugin-compliance-node';
import { againAfter } from '../Collected';

const FRESH_MS = 60_000;
const TIMEOUT_MS = 30_000;

/** The charts of the platform as they are on this machine. */
export interface Charts {
  folders: string[];
  /** Their commit; changes with them. */
  state: string;
}

/** Keeps the charts that components' charts depend on, from their repository. */
export class PlatformCharts {
  private kept: Promise<Charts> | undefined;
  private keptAt = 0;

  constructor(
    private readonly urlReader: UrlReaderService,
    /** Of the folder that holds them; none: charts may depend on none. */
    private readonly url: string | undefined,
  ) {}

  /** @throws FactsError where they cannot be read */
  async read(): Promise<Charts> {
    const { url } = this;
    if (!url) return { folders: [], state: '' };
    if (!this.kept || Date.now() - this.keptAt > FRESH_MS) {
      const before = this.kept;
      this.keptAt = Date.now();
      this.kept = this.download(url, await before?.catch(() => undefined));
      this.kept.catch(() => {
        this.kept = undefined;
      });
    }
    return this.kept;
  }

  private async download(url: string, before?: Charts): Promise<Charts> {
    try {
      const tree = await this.urlReader.readTree(url, {
        ...(before && { etag: before.state }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const target = await mkdtemp(join(tmpdir(), 'waymark-charts-'));
      await tree.dir({ targetDir: target });
      // Those who render right now may finish with what they were given.
      if (before) setTimeout(() => remove(before), TIMEOUT_MS * 4).unref();
      return { folders: [target], state: tree.etag };
    } catch (error) {
      if (before && (error as Error).name === 'NotModifiedError') return before;
      throw new FactsError(
        `The platform's charts cannot be read from ${url}.`,
        againAfter(error),
      );
    }
  }
}

async function remove({ folders }: Charts): Promise<void> {
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true });
  }
}
