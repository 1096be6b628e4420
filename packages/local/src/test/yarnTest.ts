import { runJest } from './jest';

// `yarn test`: as in any Backstage repository, with a real PostgreSQL.
runJest(process.cwd(), process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(2);
  },
);
