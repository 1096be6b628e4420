import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod';
import { Creation } from './Creation';
import { hiddenQuestions } from './leaveOutSecrets';
import {
  eventSchema,
  isOver,
  readTask,
  Task,
  TaskEvent,
  taskSchema,
} from './readTask';

/** A task that ends while it is read is read again. */
const ATTEMPTS = 3;

/** A page of tasks, the newest first. */
export interface TaskPage {
  tasks: Task[];
  /** How many the scaffolder gave, those that cannot be read included. */
  given: number;
}

/** Reads the scaffolder's tasks with the portal's own rights. */
export class TaskReader {
  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
      scaffolder: ScaffolderService;
    },
  ) {}

  async page(offset: number, limit: number): Promise<TaskPage> {
    const { scaffolder, logger } = this.services;
    const { items } = await scaffolder.listTasks(
      { offset, limit },
      await this.own(),
    );
    const tasks = items.flatMap(item => {
      const { data, error } = taskSchema.safeParse(item);
      // Tasks of no template, or of another version of the scaffolder.
      if (error) logger.debug(`Task ${item.id} is not read: ${error.message}`);
      return data ?? [];
    });
    return { tasks, given: items.length };
  }

  /** Undefined where the scaffolder has no such task, or one of no template. */
  async creation(taskId: string): Promise<Creation | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const task = await this.task(taskId);
      if (!task) return undefined;
      // One that waits has no log, and asking for it takes half a minute.
      const events = task.status === 'open' ? [] : await this.events(taskId);
      const ended = events.some(({ type }) => type === 'completion');
      if (ended === isOver(task.status) || attempt === ATTEMPTS) {
        return readTask(task, events, await this.hidden(task));
      }
    }
  }

  private async task(taskId: string): Promise<Task | undefined> {
    try {
      const task = await this.services.scaffolder.getTask(
        { taskId },
        await this.own(),
      );
      return taskSchema.safeParse(task).data;
    } catch (error) {
      const isMissing =
        error instanceof ResponseError
          ? error.response.status === 404
          : (error as Error).name === 'NotFoundError';
      if (isMissing) return undefined;
      throw error;
    }
  }

  private async events(taskId: string): Promise<TaskEvent[]> {
    const { scaffolder } = this.services;
    const events = await scaffolder.getLogs({ taskId }, await this.own());
    return z.array(eventSchema).parse(events);
  }

  /** Questions that the form hides; of a template that is gone none are known. */
  private async hidden({ spec }: Task): Promise<Set<string>> {
    try {
      const template = await this.services.catalog.getEntityByRef(
        spec.templateInfo.entityRef,
        await this.own(),
      );
      return hiddenQuestions(template?.spec?.parameters);
    } catch (error) {
      throw new Error(
        `The form of ${spec.templateInfo.entityRef} cannot be read: ${error}`,
      );
    }
  }

  private async own() {
    const { auth } = this.services;
    return { credentials: await auth.getOwnServiceCredentials() };
  }
}
