/**
 * Stands for `cross-fetch` in the packed file: Node.js has it, and what would come
 * with it warns of Node.js's old modules.
 */
export const { fetch, Headers, Request, Response } = globalThis;
export default fetch;
