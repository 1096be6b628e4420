/** A component as the catalog describes it. */
export interface CatalogedComponent {
  entityRef: string;
  title: string;
  owner?: string;
  system?: string;
  /** `spec.lifecycle`, such as `production`. */
  lifecycle?: string;
  /** Template that it was made from. */
  template?: string;
  /** `host/owner/name` in small letters, on a Git host that is known. */
  repository?: string;
  /** None: the default branch. */
  branch?: string;
  /** Changes whenever the entity does. */
  etag: string;
}

/** The components that are scored. */
export interface ComponentStore {
  /** Adds and updates; what is new or not as it was is collected anew. */
  save(components: readonly CatalogedComponent[]): Promise<void>;
  /** Takes out all but these, and forgets what left more than 30 days ago. */
  retain(entityRefs: readonly string[]): Promise<void>;
}
