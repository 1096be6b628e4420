/**
 * How long a first push may take to be in the catalog, in milliseconds. It is
 * there within seconds, unless it met a run of the discovery, which began
 * before it and takes it out again: then the next run brings it, two minutes
 * later.
 */
export const APPEARS = 180_000;
