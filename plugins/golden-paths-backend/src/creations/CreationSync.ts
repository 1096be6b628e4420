import pLimit from 'p-limit';
import { Progress } from '../database/Progress';
import { Creation } from './Creation';
import { CreationStore, Reading } from './CreationStore';
import { isOver, Task } from './readTask';
import { TaskReader } from './TaskReader';

const PAGE = 50;
const AT_ONCE = 4;
/** A task is written a little after its time; that far back is looked again. */
const OVERLAP_MS = 10 * 60_000;
const NAME = 'creations';

/**
 * Takes over runs of templates from the scaffolder, which has them all: what was
 * missed while this was down is read afterwards. Reading twice changes nothing.
 */
export class CreationSync {
  constructor(
    private readonly services: {
      progress: Progress;
      store: CreationStore;
      tasks: TaskReader;
    },
  ) {}

  /**
   * Reads new tasks, and those that had not ended; with `all` also whether one
   * that had ended was started again while nobody looked.
   *
   * @throws where a task could not be read, after all others were
   */
  async pass(signal: AbortSignal, options: { all?: boolean } = {}) {
    const { progress, store, tasks } = this.services;
    const reached = await progress.of(NAME);
    const since = options.all ? undefined : reached;
    const failures: unknown[] = [];
    const seen = new Set<string>();
    let newest: Date | undefined;
    for (let offset = 0; ; offset += PAGE) {
      signal.throwIfAborted();
      const { tasks: page, given } = await tasks.page(offset, PAGE);
      newest ??= page[0]?.createdAt;
      const known = await store.readings(page.map(({ id }) => id));
      const due = page.filter(
        task => !seen.has(task.id) && isDue(task, known.get(task.id)),
      );
      page.forEach(({ id }) => seen.add(id));
      failures.push(...(await this.refreshAll(due.map(({ id }) => id))));
      const oldest = page.at(-1)?.createdAt;
      const isKnownFromHere =
        since && oldest && oldest.getTime() < since.getTime() - OVERLAP_MS;
      if (given < PAGE || isKnownFromHere) break;
    }
    signal.throwIfAborted();
    const open = (await store.open()).filter(id => !seen.has(id));
    failures.push(...(await this.refreshAll(open)));
    // Otherwise the next pass would not come back to what failed in this one.
    if (failures.length > 0) {
      throw new AggregateError(
        failures,
        `${failures.length} runs of templates could not be read: ${failures[0]}`,
      );
    }
    if (newest) await progress.reached(NAME, newest);
  }

  /** Reads one task, whatever is known of it. */
  async refresh(taskId: string): Promise<Creation | undefined> {
    const { store, tasks } = this.services;
    const creation = await tasks.creation(taskId);
    if (creation) await store.save(creation);
    else await store.lose(taskId);
    return creation;
  }

  private async refreshAll(taskIds: readonly string[]): Promise<unknown[]> {
    const turn = pLimit(AT_ONCE);
    const results = await Promise.allSettled(
      taskIds.map(id => turn(() => this.refresh(id))),
    );
    return results.flatMap(result =>
      result.status === 'rejected' ? [result.reason] : [],
    );
  }
}

function isDue(task: Task, known: Reading | undefined): boolean {
  if (!known || !isOver(task.status)) return true;
  return (
    known.status !== task.status ||
    known.heartbeatAt?.getTime() !== task.lastHeartbeatAt?.getTime()
  );
}
