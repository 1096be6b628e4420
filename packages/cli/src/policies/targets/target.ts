import { RuleIndex } from '@waymark/backstage-plugin-compliance-common';
import { Decisions } from '../decisions';
import { Opa } from '../opa';
import { RuleReach } from '../ruleReach';
import { Sources } from '../sources';

/** What a target can use. */
export interface TargetContext {
  /** The checkout. */
  root: string;
  /** A folder that holds the Rego files and nothing else; thrown away. */
  scratch: string;
  sources: Sources;
  index: RuleIndex;
  decisions: Decisions;
  /** Read when first asked for, which takes seconds. */
  reach(): Promise<RuleReach>;
  opa: Opa;
}

/** Something that is made of the rules and committed. */
export interface Target {
  /** Folder in the checkout that holds what is made and nothing else. */
  folder: string;
  /** The whole of the folder: contents by path below it. */
  make(context: TargetContext): Promise<ReadonlyMap<string, Uint8Array>>;
}
