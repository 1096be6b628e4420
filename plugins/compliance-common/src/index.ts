/**
 * Rules, facts, verdicts and scores: what the parts of the compliance plugin
 * agree on. Pure: no part of it reads or writes anything.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './campaigns';
export * from './cohorts';
export * from './facts';
export * from './levels';
export * from './permissions';
export * from './rules';
export * from './score';
export * from './trial';
export * from './verdicts';
