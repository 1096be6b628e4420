import { availableParallelism } from 'node:os';
import { Facts } from '@waymark/backstage-plugin-compliance-common';
import { Bundle } from '../bundle/loadBundle';
import { inspectRules } from './inspectRules';
import { askOneByOne } from './oneByOne';
import {
  entrypointOf,
  inputOf,
  PolicyEngine,
  RawReport,
  readAnswer,
  readReport,
  REPORT,
  silent,
} from './PolicyEngine';
import { Limits, NoThread, WorkerPool } from './WorkerPool';

const LIMITS: Limits = {
  timeoutMs: 2_000,
  memoryMiB: 256,
  // The process itself mostly waits for these and for the database.
  workers: Math.min(4, availableParallelism()),
};

/** The rules in threads of this process; they reach no network and no file. */
export class WasmPolicyEngine implements PolicyEngine {
  readonly kind = 'wasm';

  private constructor(
    private readonly rules: readonly string[],
    private readonly entrypoints: ReadonlySet<string>,
    private readonly pool: WorkerPool,
  ) {}

  /** @throws Error where the bundle is none, or a rule calls what is not pure */
  static async create(
    { index, wasm }: Bundle,
    limits: Partial<Limits> = {},
  ): Promise<WasmPolicyEngine> {
    const { entrypoints, unsupported } = inspectRules(wasm);
    if (unsupported.length > 0) {
      throw new Error(
        `The compliance rules call ${unsupported.join(
          ', ',
        )}, which no rule may: ` + 'rules see their input and nothing else.',
      );
    }
    const module = await WebAssembly.compile(new Uint8Array(wasm));
    const pool = new WorkerPool(module, { ...LIMITS, ...limits });
    await pool.warmUp();
    return new WasmPolicyEngine(
      index.rules.map(({ id }) => id),
      entrypoints,
      pool,
    );
  }

  async evaluate(facts: Facts | string, today: string): Promise<RawReport> {
    const input = new TextEncoder().encode(inputOf(facts, today));
    try {
      const [report] = await this.pool.run(input, [REPORT]);
      return readReport(report, this.rules);
    } catch (error) {
      if (error instanceof NoThread) return silent(this.rules, error.message);
      return askOneByOne(this.rules, rule => this.ask(rule, input));
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async ask(rule: string, input: Uint8Array) {
    const condition = entrypointOf(rule, 'applies');
    const conditional = this.entrypoints.has(condition);
    const [deny, applies] = await this.pool.run(input, [
      entrypointOf(rule, 'deny'),
      ...(conditional ? [condition] : []),
    ]);
    return readAnswer({ deny, applies: conditional ? applies === true : true });
  }
}
