import { startForge } from '../index';

/** A forge in a process of its own, so that a test can kill it. */
async function main() {
  const forge = await startForge(JSON.parse(process.argv[2]));
  process.stdout.write(`${forge.port}\n`);
}

void main();
