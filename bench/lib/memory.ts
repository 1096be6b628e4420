import { readFileSync } from 'node:fs';
import { processTree } from './processes';

const KIB_PER_MIB = 1024;

/**
 * Proportional set size of a process and its descendants, in MiB: memory that
 * several of them share is counted once, in parts.
 */
export function treeMemory(pid: number): number {
  return processTree(pid).reduce(
    (sum, member) => sum + processMemory(member),
    0,
  );
}

/** Proportional set size of one process, in MiB; 0 once it has ended. */
export function processMemory(pid: number): number {
  return (field(`/proc/${pid}/smaps_rollup`, 'Pss') ?? 0) / KIB_PER_MIB;
}

/** The largest resident set a process ever had, in MiB. */
export function peakMemory(pid: number): number {
  const peak = field(`/proc/${pid}/status`, 'VmHWM');
  if (peak === undefined) throw new Error(`Process ${pid} has ended`);
  return peak / KIB_PER_MIB;
}

/** A `Name:  123 kB` line of a file below /proc; nothing once it has ended. */
function field(path: string, name: string): number | undefined {
  try {
    const line = readFileSync(path, 'utf8')
      .split('\n')
      .find(text => text.startsWith(`${name}:`));
    return line === undefined ? undefined : Number(line.split(/\s+/)[1]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
