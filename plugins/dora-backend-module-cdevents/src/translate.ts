import {
  Delivery,
  firstLine,
  Observation,
  read,
  sourceInstant,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import {
  artifactContent,
  builtOf,
  changeContent,
  incidentContent,
  isCommit,
  pushData,
  repositoryOf,
  serviceContent,
} from './content';
import { opened } from './envelope';
import { CDEvent, readEvent } from './schemas';

const SOURCE = 'cdevents';

const TRANSLATIONS: Record<
  string,
  (event: CDEvent, predicate: string, at: string) => Translation
> = {
  'service.deployed': service,
  'service.upgraded': service,
  'service.rolledback': service,
  'service.published': () => ({
    ignored: 'What is published was deployed before',
  }),
  'service.removed': () => ({ ignored: 'What is removed is not deployed' }),
  'incident.detected': incident,
  'incident.reported': incident,
  'incident.resolved': incident,
  'artifact.packaged': artifact,
  'artifact.published': artifact,
  'change.merged': change,
};

/** What a CDEvent says. */
export function translate({ body }: Delivery): Translation {
  const { name, event } = readEvent(opened(body));
  if (!event) return { ignored: `Events of type ${name} are not counted` };
  const at = read(sourceInstant, event.context.timestamp);
  return TRANSLATIONS[name](event, name.split('.')[1], at);
}

function saying(observation: Observation): Translation {
  return { observations: [observation] };
}

/** The component that a service is: by its reference, or by an annotation of it. */
function named(id: string): { entityRefs: string[] } | { service: string } {
  return /^component:[\w.-]+\/[\w.-]+$/i.test(id)
    ? { entityRefs: [id.toLowerCase()] }
    : { service: `cdevents:${id}` };
}

function service(
  { context, subject }: CDEvent,
  predicate: string,
  at: string,
): Translation {
  const { environment, artifactId } = read(serviceContent, subject.content);
  const sha = builtOf(artifactId)?.sha;
  return saying({
    kind: 'deployment',
    source: SOURCE,
    externalId: `${context.source} ${context.id}`.slice(0, 1_000),
    ...named(subject.id),
    environment: environment.id,
    ...(environment.source && { region: environment.source }),
    ...(sha && { sha }),
    artifact: artifactId,
    ref: artifactId,
    at,
    status: 'success',
    originalStatus: predicate,
    ...(predicate === 'rolledback' && { planned: 'rollback' }),
    task: predicate,
    byBot: true,
  });
}

const STATUSES = {
  detected: 'triggered',
  reported: 'acknowledged',
  resolved: 'resolved',
} as const;

function incident(
  { context, subject }: CDEvent,
  predicate: string,
  at: string,
): Translation {
  const content = read(incidentContent, subject.content);
  const { description = '', environment, artifactId, ticketURI } = content;
  if (!content.service) return { ignored: 'The incident names no service' };
  const isOver = predicate === 'resolved';
  const sha = artifactId && builtOf(artifactId)?.sha;
  return saying({
    kind: 'incident',
    source: SOURCE,
    externalId: `${subject.source ?? context.source} ${subject.id}`.slice(
      0,
      1_000,
    ),
    ...named(content.service.id),
    environment: environment.id,
    severity: '',
    // What resolved it is no title.
    title: isOver ? '' : firstLine(description),
    ...(/^https?:/.test(ticketURI ?? '') && { url: ticketURI }),
    at,
    status: STATUSES[predicate as keyof typeof STATUSES],
    // What runs when it is over mended it.
    ...(artifactId &&
      !isOver && { cause: { artifact: artifactId, ...(sha && { sha }) } }),
  });
}

function artifact({ subject }: CDEvent, _: string, at: string): Translation {
  const { change: of } = read(artifactContent, subject.content ?? {});
  const told = of && {
    sha: of.id,
    repository: repositoryOf({ id: of.source ?? '' }),
  };
  const { sha, repository } =
    told && isCommit(told.sha) && told.repository
      ? told
      : builtOf(subject.id) ?? {};
  if (!sha || !repository) {
    return { ignored: 'The artifact names no commit of a repository' };
  }
  return saying({
    kind: 'artifact',
    source: SOURCE,
    artifact: subject.id,
    repository,
    sha,
    at,
  });
}

function change(
  { subject, customData }: CDEvent,
  _: string,
  at: string,
): Translation {
  const { repository: of } = read(changeContent, subject.content);
  const repository = of && repositoryOf(of);
  if (!repository || !customData || !Object.hasOwn(customData, 'after')) {
    return {
      ignored:
        'The change names no commits; pushes of the Git host say them, or customData',
    };
  }
  const { defaultBranch, commits, ...push } = read(pushData, customData);
  return saying({
    kind: 'push',
    source: SOURCE,
    repository,
    ref: `refs/heads/${defaultBranch}`,
    ...push,
    forced: false,
    at,
    defaultBranch,
    commits: commits.map(({ id, timestamp, message, author, ...rest }) => ({
      sha: id,
      at: timestamp,
      title: firstLine(message),
      author,
      authorIsBot: /\[bot\]$/i.test(author),
      ...rest,
    })),
  });
}
