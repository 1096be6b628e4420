import { SchedulerService } from '@backstage/backend-plugin-api';

/** What is done again and again. */
export interface Rounds {
  /** Takes over which components there are. */
  sync(signal: AbortSignal): Promise<void>;
  /** Works on what is due; each replica does, and they share it. */
  drain(signal: AbortSignal): Promise<void>;
  /** Keeps today's scores. */
  record(): Promise<void>;
  /** Ends exemptions, warns of their end, and forgets what is too old. */
  tidy(): Promise<void>;
}

/** Starts the rounds. */
export async function schedule(
  scheduler: SchedulerService,
  { sync, drain, record, tidy }: Rounds,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'compliance:components',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 5 },
    fn: sync,
  });
  await scheduler.scheduleTask({
    id: 'compliance:work',
    scope: 'local',
    frequency: { seconds: 2 },
    initialDelay: { seconds: 2 },
    timeout: { hours: 1 },
    fn: drain,
  });
  await scheduler.scheduleTask({
    id: 'compliance:history',
    frequency: { minutes: 5 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 5 },
    fn: record,
  });
  await scheduler.scheduleTask({
    id: 'compliance:tidy',
    frequency: { minutes: 15 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 10 },
    fn: tidy,
  });
}
