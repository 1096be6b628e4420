import {
  UnclaimedReason,
  UnlinkedReason,
} from '@waymark/backstage-plugin-dora-common';
import { Component } from '../../components/ComponentStore';
import { CountingRules } from '../../rules/rules';

/** A component with what counts for it. */
export type RuledComponent = Component & { rules: CountingRules };

/** Why something that was observed is no fact of a component. */
export type LeftOutReason =
  | { code: 'names-others' | 'prerelease' | 'no-rule' | 'other-repository' }
  | { code: 'open' | 'closed' | 'withdrawn' }
  | { code: 'other-branch'; branch: string; defaultBranch?: string }
  | { code: 'label'; label: string }
  | { code: 'other-paths'; path: string }
  | { code: 'environment'; environment: string }
  | { code: 'severity'; severity: string };

/** Something that was observed and is no fact of a component. */
export interface LeftOut {
  /** The same each time it is observed. */
  id: string;
  entityRef: string;
  kind: 'deployment' | 'workflow-run' | 'release' | 'change' | 'incident';
  at: string;
  title: string;
  url?: string;
  why: LeftOutReason;
}

/** Is told, while facts are made, why they are what they are. */
export interface Listener {
  leftOut?(one: LeftOut): void;
  /** A change that no deployment claims. */
  unclaimed?(changeId: string, why: UnclaimedReason): void;
  /** An incident that belongs to no deployment. */
  unlinked?(incidentId: string, why: UnlinkedReason): void;
}
