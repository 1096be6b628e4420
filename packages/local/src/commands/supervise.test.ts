import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutOf } from '../layout';
import { findProcess, recordProcess } from '../processes';
import { supervise } from './supervise';

describe('supervise', () => {
  let root: string;
  let other: ChildProcess | undefined;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'waymark-supervise-'));
  });
  afterEach(() => {
    other?.kill('SIGKILL');
    rmSync(root, { recursive: true });
  });

  it('can be found while it works, and not after, however it ends', async () => {
    const layout = layoutOf(root, undefined);
    const found = () => findProcess(layout.run, 'supervisor')?.pid;
    await expect(
      supervise(layout, async () => (found() === process.pid ? 7 : 1)),
    ).resolves.toBe(7);
    expect(found()).toBeUndefined();
    await expect(
      supervise(layout, async () => {
        throw new Error('down');
      }),
    ).rejects.toThrow('down');
    expect(found()).toBeUndefined();
  });

  it('refuses a second one, and leaves the first recorded', async () => {
    const layout = layoutOf(root, undefined);
    other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    recordProcess(layout.run, 'supervisor', other.pid!);
    const work = jest.fn();
    await expect(supervise(layout, work)).rejects.toMatchObject({
      message: `Waymark already runs from this checkout (process ${other.pid}).`,
      advice: expect.stringContaining('./waymark stop'),
    });
    expect(work).not.toHaveBeenCalled();
    expect(findProcess(layout.run, 'supervisor')?.pid).toBe(other.pid);
  });
});
