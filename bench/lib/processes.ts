import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onEnd } from './cleanup';
import { Command } from './command';

/** A portal under measurement, with everything it starts. */
export interface Running {
  pid: number;
  log: string;
  /** Ends it and all its descendants. */
  stop(): Promise<void>;
  /** @throws Error with the end of the log where it ended by itself */
  assertAlive(): void;
}

/** Starts a process in a group of its own, with its output in a log. */
export function startProcess(command: Command, log: string): Running {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command.file} does not start`);
  return {
    pid,
    log,
    stop: onEnd(() => endTree(child, pid)),
    assertAlive() {
      if (child.exitCode === null && child.signalCode === null) return;
      const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15);
      throw new Error(`It ended by itself: ${log}\n${end.join('\n')}`);
    },
  };
}

/** A process and its descendants, itself first. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? parentOf(Number(entry)) : undefined;
    if (parent !== undefined) {
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    }
  }
  const tree = [pid];
  for (const member of tree) tree.push(...(children.get(member) ?? []));
  return tree;
}

/**
 * Its own signal first: a portal ends its parts in order. What outlives it is
 * ended one by one, each by the number it had while it was a descendant.
 */
async function endTree(child: ChildProcess, pid: number) {
  const members = processTree(pid).map(member => ({
    pid: member,
    born: birthOf(member),
  }));
  const alive = () =>
    members.filter(
      member =>
        member.born !== undefined && birthOf(member.pid) === member.born,
    );
  const rounds: [NodeJS.Signals, number][] = [
    ['SIGTERM', 30_000],
    ['SIGTERM', 10_000],
    ['SIGKILL', 10_000],
  ];
  for (const [index, [signal, patience]] of rounds.entries()) {
    if (index === 0) child.kill(signal);
    else for (const member of alive()) kill(member.pid, signal);
    const deadline = Date.now() + patience;
    while (alive().length > 0 && Date.now() < deadline) {
      // The first round waits for the root only: it may leave some behind.
      if (index === 0 && !alive().some(member => member.pid === pid)) break;
      await delay(50);
    }
  }
  if (alive().length > 0) throw new Error(`Process ${pid} does not end`);
}

function kill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

function parentOf(pid: number): number | undefined {
  return statFields(pid)?.parent;
}

/** When it started, in clock ticks since boot: a number alone is reused. */
function birthOf(pid: number): string | undefined {
  return statFields(pid)?.born;
}

function statFields(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return { parent: Number(fields[1]), born: fields[19] };
  } catch {
    return undefined;
  }
}
