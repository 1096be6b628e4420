import { SampleComponent } from '../schema';
import { Random } from './random';

const CHANGES = [
  'Return a clear error when a field is missing',
  'Log the request id with every error',
  'Cut the number of queries when a list is read',
  'Name the customer in the audit trail',
  'Remove a switch that has been on for everybody',
  'Cache what seldom changes for a minute',
  'Keep the old field until all callers have moved',
  'Count time-outs by upstream',
  'Accept dates without a time zone as UTC',
  'Split the largest module in two',
  'Show amounts in the customer’s currency',
  'Answer 404 instead of an empty list',
  'Test the case of two requests at once',
  'Raise the number of connections to the database',
  'Write down what each metric means',
  'Make the import ten times faster',
  'Drop an index that nothing uses',
  'Stop cleanly when asked to',
  'Close connections that nobody uses',
  'Send dates in the answer as RFC 3339',
  'Check the size before the file is read',
  'Move settings into one place',
];

const REPAIRS = [
  'Fix the crash when the list is empty',
  'Fix the time-out under load',
  'Fix a wrong total after a retry',
  'Fix the migration on large tables',
  'Fix a connection that was never closed',
  'Fix the rounding of half a cent',
  'Fix the order of events at midnight',
];

const INCIDENTS = [
  'Customers see errors',
  'Answers take more than five seconds',
  'Messages are not worked off',
  'Some amounts are wrong',
  'One instance restarts again and again',
  'Sign-in fails for some',
  'Memory grows until the limit',
];

const STEPS = ['Begin with a test', 'Handle the rest', 'Say why', 'Tidy up'];

const DEPENDENCIES: Record<SampleComponent['language'], string[]> = {
  typescript: ['typescript', 'vitest', 'zod', 'pino'],
  go: [
    'golang.org/x/sync',
    'github.com/jackc/pgx/v5',
    'google.golang.org/grpc',
  ],
  kotlin: ['org.jetbrains.kotlin.jvm', 'ktor', 'kotlinx-serialization'],
  python: ['ruff', 'pydantic', 'pytest', 'sqlalchemy'],
  php: ['slim/slim', 'phpunit/phpunit'],
};

/** What a pull request is called. */
export function titleOf(
  random: Random,
  { language }: SampleComponent,
  what: 'change' | 'repair' | 'update',
): string {
  if (what === 'change') return random.pick(CHANGES);
  if (what === 'repair') return random.pick(REPAIRS);
  const [minor, patch] = [random.between(1, 30), random.between(0, 9)];
  return `Update ${random.pick(DEPENDENCIES[language])} to ${Math.floor(
    minor,
  )}.${Math.floor(patch)}`;
}

/** What an incident is called. */
export function incidentTitleOf(random: Random): string {
  return random.pick(INCIDENTS);
}

/** What the commits on the way there are called. */
export function stepsOf(random: Random, title: string): string[] {
  return [title, ...STEPS.slice(0, random.count(0.7))];
}
