// Evaluates rules in a thread of its own. It is loaded as it is, so that it is
// found in a checkout and in a built backend alike, and it gets nothing that
// could reach a network or a disk.
'use strict';

const { parentPort, workerData } = require('node:worker_threads');
const { loadPolicySync } = require('@open-policy-agent/opa-wasm');
const builtins = require('./builtins.cjs');

for (const name of ['fetch', 'WebSocket', 'EventSource']) {
  delete globalThis[name];
}

const { rules, pages } = workerData;
// Memory of WebAssembly only grows: what one large component needed is given back.
const KEPT_BYTES = 64 * 1024 * 1024;

const load = () =>
  loadPolicySync(rules, { initial: 16, maximum: pages }, builtins);

let policy = load();

parentPort.on('message', ({ entrypoints, input }) => {
  try {
    policy ??= load();
    const results = entrypoints.map(
      entrypoint => policy.evaluate(input, entrypoint)[0]?.result,
    );
    if (policy.mem.buffer.byteLength > KEPT_BYTES) policy = undefined;
    parentPort.postMessage({ results });
  } catch (error) {
    // Whatever broke off has left its memory as it was: take a new one.
    policy = undefined;
    // OPA throws texts, its runtime objects with a message.
    const message = typeof error === 'string' ? error : error?.message;
    parentPort.postMessage({ error: String(message) });
  }
});

parentPort.postMessage({});
