/** How much work one preview may be. */
export const LIMITS = {
  /** The answers of a form. */
  body: { bytes: 100_000, levels: 50 },
  /** From the request to the answer, waiting for others included. */
  milliseconds: 30_000,
  /** Previews that are made at the same time. */
  atOnce: 4,
  /** Previews that wait for their turn; the next one is sent away. */
  waiting: 20,
  /** What is read: the dry run takes 10 MB of JSON, in which bytes are Base64. */
  source: { files: 2_000, bytes: 7_000_000 },
  made: {
    files: 2_000,
    /** Bytes of one file that are shown. */
    content: 64 * 1024,
    /** Bytes of all files that are shown. */
    contents: 4 * 1024 * 1024,
  },
};
