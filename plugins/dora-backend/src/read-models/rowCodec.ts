import { PackedRows } from '@waymark/backstage-plugin-dora-common';

/** The lists of rows, in the order in which they are stored. */
export const LISTS = ['rollouts', 'changes', 'waiting', 'unlinked'] as const;

/** Rows as they are stored. */
export type StoredRows = Record<keyof PackedRows, Buffer>;

export function toStored(packed: PackedRows): StoredRows {
  return mapLists(name => {
    const { buffer, byteOffset, byteLength } = packed[name];
    return Buffer.from(buffer, byteOffset, byteLength);
  });
}

export function fromStored(stored: StoredRows): PackedRows {
  return mapLists(name => {
    const bytes = stored[name];
    // Bytes begin anywhere in memory that they share with others; numbers may not.
    const numbers = new Float64Array(bytes.byteLength / 8);
    new Uint8Array(numbers.buffer).set(bytes);
    return numbers;
  });
}

/** Rows that follow on one another as one list of each. */
export function joined(parts: readonly PackedRows[]): PackedRows {
  return mapLists(name => {
    const length = parts.reduce((sum, part) => sum + part[name].length, 0);
    const all = new Float64Array(length);
    let end = 0;
    for (const part of parts) {
      all.set(part[name], end);
      end += part[name].length;
    }
    return all;
  });
}

export function mapLists<T>(
  of: (name: keyof PackedRows) => T,
): Record<keyof PackedRows, T> {
  const [rollouts, changes, waiting, unlinked] = LISTS.map(of);
  return { rollouts, changes, waiting, unlinked };
}
