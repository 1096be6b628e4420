/** Almost no text has any. */
const SUSPECT = /[\0\ud800-\udfff]/;

/** Text of others as PostgreSQL takes it: without NUL and halves of characters. */
export function storable(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replaceAll('\0', '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** The same for all text in data. */
export function storableData<T>(data: T): T {
  if (typeof data === 'string') return storable(data) as T;
  if (Array.isArray(data)) return data.map(storableData) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, storableData(value)]),
  ) as T;
}
