import { ConfigReader } from '@backstage/config';
import nodeFetch from 'node-fetch';
import { EgressPolicy } from '../EgressPolicy';
import { installEgressGuard } from '../install';

/**
 * A process with the guard: calls `argv[3]` in every way the backend does, and
 * prints what came of each. `argv[2]` is the configuration.
 */
async function main([config, url]: string[]) {
  installEgressGuard(
    EgressPolicy.fromConfig(new ConfigReader(JSON.parse(config))),
  );
  for (const call of [fetch, nodeFetch]) {
    const answer = await call(url).then(
      response => response.text(),
      error => `${error.name}: ${error.message}`,
    );
    process.stdout.write(`${answer}\n`);
  }
}

main(process.argv.slice(2));
