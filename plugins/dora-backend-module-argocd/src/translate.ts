import {
  Delivery,
  ObservationOf,
  read,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { commitOf, placeOf, subjectOf } from './binding';
import { ArgocdSettings } from './config';
import { Payload, payloadSchema } from './payload';

type Deployment = ObservationOf<'deployment'>;
type End = Pick<Deployment, 'at' | 'status' | 'unlessEnded'>;

/** What a notification of Argo CD says. */
export function translate(
  { body, receivedAt }: Delivery,
  settings: ArgocdSettings,
): Translation {
  const payload = read(payloadSchema, body);
  const { application, health, operation } = payload;
  if (operation.dryRun) return { ignored: 'A dry run deploys nothing' };
  if (operation.partial) {
    return { ignored: 'Only some of the resources were synced' };
  }
  if (isRepair(payload)) {
    return { ignored: 'Drift was put right; nothing new was deployed' };
  }
  const subject = subjectOf(payload, settings);
  if (!subject) {
    return { ignored: `${application.name} names no component` };
  }
  const place = placeOf(payload, settings);
  if (!place) return { ignored: `${application.name} names no environment` };

  const { namespace, name, uid } = application;
  const { phase, startedAt } = operation;
  const sha = commitOf(payload, settings);
  const deployment: Deployment = {
    kind: 'deployment',
    source: 'argocd',
    externalId: [namespace, name, uid, startedAt].join('/'),
    ...subject,
    ...place,
    ...(sha && { sha }),
    ref: operation.revisions.filter(Boolean).join(' '),
    at: startedAt,
    status: 'in_progress',
    originalStatus: 'Running',
    ...(isRollback(payload) && { planned: 'rollback' }),
    task: 'sync',
    ...(/^https?:/.test(payload.url ?? '') && { url: payload.url! }),
    byBot: operation.automated,
  };
  const end = endOf(payload, receivedAt);
  const originalStatus =
    phase === 'Succeeded' ? `${phase}, ${health.status}` : phase;
  return {
    observations: [
      deployment,
      ...(end ? [{ ...deployment, ...end, originalStatus }] : []),
    ],
  };
}

/** What was synced is deployed once it is healthy. */
function endOf(
  { health, operation }: Payload,
  receivedAt: Date,
): End | undefined {
  const { phase, terminated } = operation;
  const synced = operation.finishedAt ?? receivedAt.toISOString();
  const settled = [synced, health.since ?? synced].sort()[1];
  switch (phase) {
    case 'Failed':
    case 'Error':
      return { at: synced, status: terminated ? 'cancelled' : 'failure' };
    case 'Succeeded':
      if (health.status === 'Healthy') {
        return { at: settled, status: 'success' };
      }
      // What was healthy once and is not any more did not fail to be deployed.
      return health.status === 'Degraded'
        ? { at: settled, status: 'failure', unlessEnded: true }
        : undefined;
    default:
      return undefined;
  }
}

interface Synced {
  revisions: string[];
  sourcesHash: string;
}
const sameRevisions = (a: Synced, b: Synced) =>
  JSON.stringify(a.revisions) === JSON.stringify(b.revisions);
const same = (a: Synced, b: Synced) =>
  sameRevisions(a, b) && a.sourcesHash === b.sourcesHash;

/** What had been synced before this operation, oldest first. */
function before({ history, operation }: Payload) {
  return history.filter(
    ({ startedAt, finishedAt }) =>
      startedAt !== operation.startedAt && finishedAt <= operation.startedAt,
  );
}

/** Argo CD brought again by itself what was there already. */
function isRepair(payload: Payload): boolean {
  const { operation } = payload;
  const last = before(payload).at(-1);
  if (!operation.automated || !last) return false;
  // While it runs, its sources may be written in another way; its end will tell.
  return operation.phase === 'Running'
    ? sameRevisions(last, operation)
    : same(last, operation);
}

/** It brings what was there before the last, and first came before that. */
function isRollback(payload: Payload): boolean {
  const past = before(payload);
  const last = past.at(-1);
  if (!last || same(last, payload.operation)) return false;
  const first = past.findIndex(one => same(one, payload.operation));
  return first >= 0 && first < past.findIndex(one => same(one, last));
}
