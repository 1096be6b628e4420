import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CreationAnswer,
  positionOf,
  ProvenanceAnswer,
  snoozes,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Creation } from '../creations/Creation';
import { CreationStore } from '../creations/CreationStore';
import {
  describeService,
  describeTemplate,
  isAdopted,
} from '../services/describe';
import { PathStore } from '../services/PathStore';
import { dayOf, SnoozeStore } from '../snoozes/SnoozeStore';
import { Visibility } from './Visibility';

/** Answers where an entity came from. */
export class Provenance {
  constructor(
    private readonly stores: {
      creations: CreationStore;
      paths: PathStore;
      snoozes: SnoozeStore;
    },
    private readonly visibility: Visibility,
  ) {}

  /** @throws NotFoundError where the caller may not see the entity */
  async of(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ProvenanceAnswer> {
    const entity = await this.visibility.see(entityRef, credentials);
    const maker = await this.stores.creations.makerOf(entityRef);
    const isTold = maker && (await this.maySeeInputs(maker, credentials));
    return {
      entityRef,
      stated: await this.stated(entity, credentials),
      creation: maker ? creationAnswer(maker, isTold) : null,
    };
  }

  /** What the catalog says right now; what is stored is a little older. */
  private async stated(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<ProvenanceAnswer['stated']> {
    const { templateRef, templateVersion } = describeService(entity);
    if (!templateRef) return null;
    const found = await this.visibility.find(templateRef, credentials);
    const template = found && {
      ...describeTemplate(found),
      versions: await this.stores.paths.versionsOf(templateRef),
    };
    const newest = template?.version;
    const snooze = await this.stores.snoozes.of(stringifyEntityRef(entity));
    const isSnoozed = snooze && snoozes(snooze, newest, dayOf(new Date()));
    return {
      templateRef,
      version: templateVersion ?? null,
      newest: newest ?? null,
      adopted: isAdopted(entity),
      snooze: isSnoozed ? snooze : null,
      title: template?.title ?? null,
      ...positionOf({ version: templateVersion }, template),
    };
  }

  /** Who asked for it, and who may read everybody's tasks. */
  private async maySeeInputs(
    { userRef }: Creation,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
    if (userRef !== undefined && userRef === userEntityRef) return true;
    return this.visibility.readsTasks(credentials);
  }
}

function creationAnswer(
  creation: Creation,
  withInputs: boolean | undefined,
): CreationAnswer {
  return {
    taskId: creation.taskId,
    templateRef: creation.templateRef,
    version: creation.templateVersion ?? null,
    commit: creation.templateCommit ?? null,
    userRef: creation.userRef ?? null,
    queuedAt: creation.queuedAt.toISOString(),
    startedAt: creation.startedAt?.toISOString() ?? null,
    finishedAt: creation.finishedAt?.toISOString() ?? null,
    outcome: creation.outcome,
    repositoryUrl: creation.repositoryUrl ?? null,
    inputs: withInputs ? creation.inputs : null,
    leftOut: withInputs ? creation.leftOut : null,
  };
}
