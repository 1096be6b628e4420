import { createServer } from 'node:net';
import { assertFree, readPorts } from './ports';
import { freePort } from './test/freePort';

describe('readPorts', () => {
  it('takes the flag, then the variable, then the default', () => {
    expect(
      readPorts(
        { portal: '8000' },
        { WAYMARK_PORT: '1', WAYMARK_FORGE_PORT: '8001' },
      ),
    ).toEqual({ portal: 8000, forge: 8001, postgres: 7432 });
  });

  it.each(['0', '65536', '80a', ''])('refuses %p', text => {
    expect(() => readPorts({ forge: text }, {})).toThrow('is not a port');
  });
});

describe('assertFree', () => {
  it('names the port and the option to change it', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>(resolve =>
      server.listen(port, '127.0.0.1', resolve),
    );
    try {
      await expect(assertFree('forge', port)).rejects.toMatchObject({
        message: `Port ${port} (forge) is in use by another program.`,
        advice: expect.stringContaining('--forge-port'),
      });
    } finally {
      server.close();
    }
  });
});
