import { openDora } from './database';
import { componentOf, serveDora } from './portal';

/** The backend alone, with the named components, for a process that asks it. */
async function main() {
  const knex = await openDora();
  const address = await serveDora(knex, process.argv.slice(2).map(componentOf));
  process.send!({ address });
  process.on('message', () =>
    process.send!({ residentMiB: process.memoryUsage.rss() / 1024 ** 2 }),
  );
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
