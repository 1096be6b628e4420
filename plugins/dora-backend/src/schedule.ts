import { SchedulerService } from '@backstage/backend-plugin-api';

/** What is done again and again. */
export interface Rounds {
  /** Takes over which components there are. */
  sync(signal: AbortSignal): Promise<void>;
  /** Works on what is due; each replica does, and they share it. */
  drain(): Promise<void>;
  /** Makes room for what is to come. */
  prepare(): Promise<void>;
  /** Drops some of what is older than it is kept; how much. */
  drop(): Promise<number>;
}

/** Starts the rounds. */
export async function schedule(
  scheduler: SchedulerService,
  { sync, drain, prepare, drop }: Rounds,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'dora:components',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 5 },
    fn: sync,
  });
  await scheduler.scheduleTask({
    id: 'dora:work',
    scope: 'local',
    frequency: { seconds: 1 },
    initialDelay: { seconds: 1 },
    timeout: { hours: 1 },
    fn: drain,
  });
  await scheduler.scheduleTask({
    id: 'dora:retention',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 30 },
    fn: async signal => {
      await prepare();
      while (!signal.aborted && (await drop()) > 0);
    },
  });
}
