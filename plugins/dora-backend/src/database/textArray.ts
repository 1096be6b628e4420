/** PostgreSQL's number of the type `text`. */
const TEXT = 25;
/** Of the array: dimensions, whether there are nulls, type, length, first index. */
const HEADER = 20;
const NULL = -1;
/** That a character of a JavaScript string takes at most. */
const UTF8_BYTES = 3;

/**
 * A `text[]` in the form in which PostgreSQL itself sends it: of thousands of rows,
 * neither side has to escape and take apart one large text.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  const most = values.reduce(
    (sum, value) => sum + 4 + UTF8_BYTES * (value?.length ?? 0),
    HEADER,
  );
  const bytes = Buffer.allocUnsafe(most);
  // An array without elements has no dimension.
  if (values.length === 0) {
    bytes.fill(0, 0, 12).writeInt32BE(TEXT, 8);
    return bytes.subarray(0, 12);
  }
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  bytes.writeInt32BE(TEXT, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let end = HEADER;
  for (const value of values) {
    const length = value === null ? NULL : bytes.write(value, end + 4);
    bytes.writeInt32BE(length, end);
    end += 4 + Math.max(0, length);
  }
  return bytes.subarray(0, end);
}

/** One that is an element of such an array. */
export function arrayLiteral(values: readonly string[]): string {
  const quoted = values.map(
    value => `"${value.replace(/["\\]/g, character => `\\${character}`)}"`,
  );
  return `{${quoted.join(',')}}`;
}
