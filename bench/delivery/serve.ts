import { openDora, residentMiB } from './database';
import { serveDora } from './portal';

/** The backend alone, for a process that posts to it. */
async function main() {
  const knex = await openDora();
  const { address } = await serveDora(knex, []);
  process.send!({ address });
  process.on('message', () => process.send!({ residentMiB: residentMiB() }));
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
