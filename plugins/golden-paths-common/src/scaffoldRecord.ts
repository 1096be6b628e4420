import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { versionSchema } from './version';

/** Where a repository says what made it. */
export const SCAFFOLD_RECORD_PATH = '.waymark/scaffold.yaml';

/** The commit of a template that was read from files in no repository. */
const NO_COMMIT = '0'.repeat(40);

/** A record is read from anybody's repository, so each of these is bounded. */
const MOST_BYTES = 64 * 1024;
const MOST_VALUES = 2_000;
const MOST_LEVELS = 16;

const HEADER = `# Where this repository came from. An upgrade renders the golden path again from
# this file and offers the difference as a pull request: please leave it as it is.
`;

const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .regex(/^[^\s'"`{}\\<>]+$/, 'must have no quotes, braces or spaces');

const environmentSchema = z
  .object({
    /** Host of the Git server, such as `github.com` or `localhost:7300`. */
    gitHost: z
      .string()
      .max(260)
      .regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'must be a host'),
    /** Organisation that owns the repository. */
    gitOwner: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be an organisation'),
    /** Root of the Git server's pages. */
    gitUrl: webAddress,
    /** Root of the portal. */
    portalUrl: webAddress,
  })
  .strict();

/** What `.waymark/scaffold.yaml` says, as it says it. */
export const scaffoldRecordSchema = z
  .object({
    apiVersion: z.literal('waymark.dev/v1'),
    kind: z.literal('Scaffold'),
    template: z
      .object({
        /** Such as `template:default/node-api`. */
        ref: z
          .string()
          .max(150)
          .regex(
            /^template:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
            'must be such as template:default/node-api',
          ),
        version: versionSchema,
        /** Of the template's repository. */
        commit: z
          .string()
          .regex(/^[0-9a-f]{40}$/, 'must be a commit, 40 hexadecimal digits')
          .optional(),
      })
      .strict(),
    /** The answers of the form; secrets are never among them. */
    inputs: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z][\w.-]{0,99}$/, 'must be the name of a question'),
        z.json(),
      )
      .nullish()
      .transform(inputs => inputs ?? {}),
    environment: environmentSchema,
  })
  .strict();

/** Which template, version and answers made a repository, and where. */
export type ScaffoldRecord = z.output<typeof scaffoldRecordSchema>;
/** The portal's configuration that a template had when it was rendered. */
export type ScaffoldEnvironment = ScaffoldRecord['environment'];

/**
 * Reads the text of a {@link SCAFFOLD_RECORD_PATH}. It is anybody's word: what it
 * names has still to be looked up with the rights of who asks.
 *
 * @throws InputError in words for the repository's owners
 */
export function parseScaffoldRecord(text: string): ScaffoldRecord {
  const value = readYaml(text);
  const result = scaffoldRecordSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 5).map(issue => {
    const place = issue.path.map(String).join('.').slice(0, 200);
    const { message } =
      issue.code === 'invalid_key' ? issue.issues[0] ?? issue : issue;
    return place ? `${place}: ${message}` : message;
  });
  throw bad(problems.join('; '));
}

/** The text of a record; {@link parseScaffoldRecord} reads it back the same. */
export function formatScaffoldRecord(record: ScaffoldRecord): string {
  const { apiVersion, kind, template, inputs, environment } =
    scaffoldRecordSchema.parse(record);
  return [
    `${HEADER}apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    'template:',
    ...fields(template),
    ...(Object.keys(inputs).length > 0
      ? ['inputs:', ...fields(inputs)]
      : ['inputs: {}']),
    'environment:',
    ...fields(environment),
    '',
  ].join('\n');
}

/** The commit that the template was read at, where one is known. */
export function recordedCommit({
  template,
}: ScaffoldRecord): string | undefined {
  return template.commit === NO_COMMIT ? undefined : template.commit;
}

function fields(values: Record<string, unknown>): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${scalarKey(name)}: ${flow(value)}`);
}

/** JSON is YAML, but for characters that YAML wants to be written as escapes. */
function flow(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `yes`, `null` and numbers are names like any other. */
function scalarKey(name: string): string {
  const isPlain = !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

function readYaml(text: string): unknown {
  if (text.length > MOST_BYTES) {
    throw bad(`it is larger than ${MOST_BYTES / 1024} KiB`);
  }
  let value: unknown;
  try {
    const documents = parseAllDocuments(text, {
      merge: false,
      logLevel: 'error',
    });
    if (documents.length !== 1) throw new Error('it must be one document');
    const [error] = documents[0].errors;
    if (error) throw error;
    value = documents[0].toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof RangeError) throw bad('it has too many levels');
    if (error instanceof ReferenceError) throw bad('it must have no aliases');
    throw bad((error as Error).message.split('\n')[0].slice(0, 200));
  }
  checkSize(value, 0, { values: MOST_VALUES });
  return value;
}

function checkSize(
  value: unknown,
  level: number,
  left: { values: number },
): void {
  if (level > MOST_LEVELS) throw bad('it has too many levels');
  left.values -= 1;
  if (left.values < 0) throw bad('it has too many values');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw bad('__proto__ is no name');
    checkSize(item, level + 1, left);
  }
}

function bad(why: string): InputError {
  return new InputError(`${SCAFFOLD_RECORD_PATH} cannot be used: ${why}`);
}
