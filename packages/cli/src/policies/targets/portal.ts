import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from '@backstage/errors';
import { inspectRules } from '@waymark/backstage-plugin-compliance-node';
import { Target, TargetContext } from './target';

/** The report first: it is what is asked for when nothing is said. */
const REPORT = 'waymark/report/report';

/** The bundle that the portal and `waymark compliance check` evaluate. */
export const portal: Target = {
  folder: 'plugins/compliance-node/policy',
  make: async context => {
    refuseFormats(context.sources);
    const wasm = await compile(context);
    const { unsupported } = inspectRules(wasm);
    if (unsupported.length > 0) {
      throw new InputError(
        `A rule calls ${unsupported.join(
          ', ',
        )}, which the portal does not have: ` +
          'rules see their input and nothing else.',
      );
    }
    const index = `${JSON.stringify(context.index, null, 2)}\n`;
    return new Map<string, Uint8Array>([
      ['policy.wasm', wasm],
      ['rules.json', Buffer.from(index)],
    ]);
  },
};

async function compile({
  scratch,
  sources,
  opa,
}: TargetContext): Promise<Uint8Array> {
  const out = mkdtempSync(`${scratch}-bundle-`);
  try {
    const entrypoints = [REPORT];
    for (const id of sources.rules) {
      const path = `waymark/rules/${id.replaceAll('-', '_')}`;
      entrypoints.push(`${path}/deny`);
      if (await hasRule(opa, `${id}/rule.rego`, 'applies')) {
        entrypoints.push(`${path}/applies`);
      }
    }
    const bundle = join(out, 'bundle.tar.gz');
    await opa([
      'build',
      '--target',
      'wasm',
      // Else OPA also makes entrypoints of what refers to these.
      '--prune-unused',
      ...entrypoints.flatMap(path => ['--entrypoint', path]),
      '--output',
      bundle,
      '.',
    ]);
    return entryOf(gunzipSync(readFileSync(bundle)), '/policy.wasm');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Whether a file of Rego has a rule of that name. */
async function hasRule(
  opa: TargetContext['opa'],
  file: string,
  name: string,
): Promise<boolean> {
  const { rules = [] } = JSON.parse(
    await opa(['parse', '--format', 'json', file]),
  ) as { rules?: { head: { name: string } }[] };
  return rules.some(({ head }) => head.name === name);
}

/** A file of a tar archive: headers of 512 bytes, contents filled up to it. */
function entryOf(archive: Buffer, wanted: string): Buffer {
  let rest = archive;
  while (rest.length >= 512) {
    const [name] = rest.toString('latin1', 0, 100).split('\0');
    const size = parseInt(rest.toString('latin1', 124, 136), 8) || 0;
    if (name === wanted) return rest.subarray(512, 512 + size);
    rest = rest.subarray(512 + Math.ceil(size / 512) * 512);
  }
  throw new Error(`opa built a bundle without ${wanted}`);
}

/** What else Go's formats can do, the portal's sprintf writes otherwise. */
function refuseFormats({ files, read }: TargetContext['sources']): void {
  for (const file of files) {
    read(file)
      .split('\n')
      .forEach((line, index) => {
        const [, format] = /sprintf\(\s*"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
        const [other] = format?.match(/%(?![sd%])./) ?? [];
        if (other) {
          throw new InputError(
            `policies/${file}:${
              index + 1
            }: use %s or %d: ${other} reads differently in the portal`,
          );
        }
      });
  }
}
