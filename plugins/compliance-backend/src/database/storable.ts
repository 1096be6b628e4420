/** Text of others as PostgreSQL takes it: without NUL and halves of characters. */
export function storable(text: string): string {
  return text
    .replaceAll('\0', '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
