import { Entity } from '@backstage/catalog-model';
import { Facts, FixPreview } from '@waymark/backstage-plugin-compliance-common';

/** A place where the rule is broken, as the rule says it. */
export interface Denial {
  kind?: string;
  name?: string;
  environment?: string;
  path?: readonly (string | number)[];
}

/** The files of a component: those whose text rules see. */
export interface Files {
  /** Of all files, below the component's folder. */
  paths: ReadonlySet<string>;
  /** Undefined where there is none, or it is not read. */
  text(path: string): string | undefined;
}

/** What a fix is made from. */
export interface FixCase {
  entity: Entity;
  facts: Facts;
  denials: readonly Denial[];
  files: Files;
  /** What a person decided. */
  inputs: Readonly<Record<string, string>>;
  known: {
    /** Page of the Git host for a path of the component's folder. */
    fileUrl(path: string): string;
    /** The file that the catalog reads the component from, below its folder. */
    catalogFile: string;
    /** The component's files are the whole repository. */
    isWholeRepository: boolean;
    /** `owner` of the repository. */
    organisation: string;
    /** An owner that is in the catalog and that the repository speaks for. */
    owner?: string;
    /** Presets of Renovate that the organisation's platform has, by name. */
    presets: ReadonlySet<string>;
  };
}

/** A way to mend it. */
export interface Proposal {
  /** New text of files, by path. */
  files: ReadonlyMap<string, string>;
  /** Files whose text was copied. */
  from?: readonly string[];
  /** What a reviewer should know, a sentence each. */
  notes: readonly string[];
  inputs?: FixPreview['inputs'];
}

/** Mends what a rule found, by its name in the rule's `pull_request`. */
export interface Fix {
  /** Of the pull request; the verb first. */
  title(component: string): string;
  /**
   * Ways to mend it, best first: the first that the rule passes is offered. Asks
   * nobody and writes nothing.
   *
   * @throws ConflictError in words for the owner where nothing can be offered
   */
  propose(about: FixCase): readonly Proposal[];
}
