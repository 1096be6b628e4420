import { connect } from 'node:net';
import { join, resolve } from 'node:path';

/** The checkout. */
export const root = resolve(__dirname, '../..');

/** Everything the benchmarks make on this machine. */
export const work = join(root, '.waymark/bench');

/** The stock Backstage app that Waymark is measured against. */
export const stockApp = join(work, 'stock/app');

/** Ports of their own, so that a running portal is left alone. */
export const ports = {
  waymark: { portal: 17007, forge: 17300, postgres: 17432 },
  stock: { frontend: 13000, backend: 17107, built: 17207, postgres: 17433 },
} as const;

/**
 * What a killed run left would be measured instead.
 *
 * @throws Error naming the port that something listens on
 */
export async function assertPortsFree() {
  const all = [...Object.values(ports.waymark), ...Object.values(ports.stock)];
  for (const port of all) {
    if (await isTaken(port)) {
      throw new Error(`Port ${port} is in use: end what listens there first`);
    }
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise(done => {
    const socket = connect(port, 'localhost');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
