import { createRequire } from 'node:module';
import { loadPolicySync } from '@open-policy-agent/opa-wasm';
import { packageFile } from '../packageFile';

/** What `@open-policy-agent/opa-wasm` brings itself. */
const OF_LIBRARY = [
  'json.is_valid',
  'regex.split',
  'sprintf',
  'yaml.is_valid',
  'yaml.marshal',
  'yaml.unmarshal',
];

/** What compiled rules say of themselves before any of them runs. */
export interface Inspection {
  entrypoints: ReadonlySet<string>;
  /**
   * Functions that they call and that nothing here answers: above all
   * `http.send`, `time.now_ns` and the like, which must not be answered.
   */
  unsupported: string[];
}

interface Internals {
  entrypoints: Record<string, number>;
  mem: { buffer: ArrayBuffer };
  wasmInstance: {
    exports: { builtins(): number; opa_json_dump(address: number): number };
  };
}

/** @throws where these are no rules that `opa build -t wasm` has made */
export function inspectRules(wasm: Uint8Array): Inspection {
  const own = createRequire(__filename)(packageFile('worker/builtins.cjs'));
  const known = new Set([...OF_LIBRARY, ...Object.keys(own)]);
  const policy: unknown = loadPolicySync(Buffer.from(wasm), { initial: 16 });
  const { entrypoints, mem, wasmInstance } = policy as Internals;
  const { exports } = wasmInstance;
  const at = exports.opa_json_dump(exports.builtins());
  const bytes = new Uint8Array(mem.buffer);
  const text = Buffer.from(bytes.subarray(at, bytes.indexOf(0, at)));
  const called = Object.keys(JSON.parse(text.toString('utf8')));
  return {
    entrypoints: new Set(Object.keys(entrypoints)),
    unsupported: called.filter(name => !known.has(name)).sort(),
  };
}
