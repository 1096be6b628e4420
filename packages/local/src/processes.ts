import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const recordSchema = z.object({ pid: z.number().int(), command: z.string() });

/** A process that an earlier command started and that still runs. */
export interface RunningProcess {
  pid: number;
}

/** Remembers a process, so that a later command finds what a killed one left. */
export function recordProcess(folder: string, name: string, pid: number) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({ pid, command: commandOf(pid) ?? '' }),
  );
}

/** Forgets a process that ended. */
export function forgetProcess(folder: string, name: string) {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/**
 * Finds a recorded process, if it still is the one that was recorded: a number
 * alone may belong to somebody else by now.
 */
export function findProcess(
  folder: string,
  name: string,
): RunningProcess | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, `${name}.json`), 'utf8');
  } catch {
    return undefined;
  }
  const record = recordSchema.safeParse(JSON.parse(text || '{}'));
  if (!record.success) return undefined;
  const { pid, command } = record.data;
  return commandOf(pid) === command ? { pid } : undefined;
}

/**
 * Ends a process: politely, and by force after the grace time.
 *
 * @param graceMs - milliseconds it has to end by itself
 */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals,
  graceMs: number,
) {
  signalQuietly(pid, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) signalQuietly(pid, 'SIGKILL');
    await delay(50);
  }
}

/** Whether a process of this number runs (a zombie does not). */
export function isAlive(pid: number): boolean {
  return commandOf(pid) !== undefined;
}

function commandOf(pid: number): string | undefined {
  try {
    const [state, ...command] = execFileSync(
      'ps',
      ['-o', 'state=,command=', '-p', String(pid)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : command.join(' ');
  } catch {
    return undefined;
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
