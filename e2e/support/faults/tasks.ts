import { expect } from '@playwright/test';
import { PortalClient } from './client';

/** A scaffolder task, as far as the tests look at it. */
export interface Task {
  id: string;
  status: string;
  spec: { parameters: Record<string, unknown> };
}

/** One line of a task's story. */
export interface TaskEvent {
  type: string;
  body: {
    message: string;
    stepId?: string;
    status?: string;
    error?: { name: string; message: string };
  };
}

/** Starts a golden path and answers with the task's id. */
export async function startTask(
  client: PortalClient,
  values: Record<string, unknown>,
  options: { templateRef?: string; secrets?: Record<string, string> } = {},
): Promise<string> {
  const { templateRef = 'template:default/node-api', secrets } = options;
  const answer = await client.post('/api/scaffolder/v2/tasks', {
    templateRef,
    values,
    secrets,
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.json().id;
}

/** Waits until a task has ended, however. */
export async function untilEnded(
  client: PortalClient,
  id: string,
  timeout = 180_000,
): Promise<Task> {
  let task: Task | undefined;
  await expect
    .poll(
      async () => {
        task = await readTask(client, id);
        return task?.status;
      },
      { timeout, message: `end of task ${id}` },
    )
    .toMatch(/completed|failed|cancelled/);
  return task!;
}

/** Waits until a task has ended well; its story says why where it did not. */
export async function untilCompleted(
  client: PortalClient,
  id: string,
): Promise<Task> {
  const task = await untilEnded(client, id);
  const story =
    task.status === 'completed'
      ? []
      : (await eventsOf(client, id)).map(({ body }) => body.message).slice(-12);
  expect(task.status, story.join('\n')).toBe('completed');
  return task;
}

/** The lines of a task's story. */
export async function eventsOf(
  client: PortalClient,
  id: string,
): Promise<TaskEvent[]> {
  return (await client.get(`/api/scaffolder/v2/tasks/${id}/events`)).json();
}

/** The task; nothing while the portal does not answer. */
async function readTask(
  client: PortalClient,
  id: string,
): Promise<Task | undefined> {
  try {
    const answer = await client.get(`/api/scaffolder/v2/tasks/${id}`);
    return answer.status === 200 ? answer.json() : undefined;
  } catch {
    return undefined;
  }
}
