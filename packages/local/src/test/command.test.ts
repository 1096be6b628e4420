import { endCommands, runCommand } from './command';

const node = (script: string) =>
  runCommand(process.execPath, ['-e', script], { cwd: process.cwd() });

describe('commands of a test run', () => {
  it('end with their code, and none is begun after the end', async () => {
    expect(await node('process.exit(3)')).toBe(3);

    const waits = node('setInterval(() => {}, 1000)');
    endCommands('SIGTERM');

    expect(await waits).toBe(1);
    expect(await node('process.exit(0)')).toBe(1);
  });
});
