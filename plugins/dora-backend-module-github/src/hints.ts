import { ObservationOf } from '@waymark/backstage-plugin-dora-node';

type Hints = Pick<
  ObservationOf<'incident'>,
  'cause' | 'entityRefs' | 'startedAt'
>;

/** What is said to be the cause where no deployment was. */
const NOBODY = { deployment: { source: 'github', externalId: 'none' } };

/**
 * What an issue says of its incident, in lines of its own or as the answers of an
 * issue form: `Caused by: <commit, deployment or none>`, `Started: <instant>`,
 * `Affects: <components of the repository>`.
 */
export function hintsOf(body: string, repository: string): Hints {
  const lines = body.slice(0, 65_536).split(/\r?\n/).map(plain);
  const said = answer(lines, 'caused by');
  const cause = said && causeOf(said, repository);
  const startedAt = instantOf(answer(lines, 'started'));
  const entityRefs = componentsOf(answer(lines, 'affects'));
  return {
    ...(cause && { cause }),
    ...(startedAt && { startedAt }),
    ...(entityRefs.length > 0 && { entityRefs }),
  };
}

/** A line without the marks of Markdown. */
function plain(line: string): string {
  return line
    .replace(/\[[^\]]*\]\(([^)\s]+)\)/g, '$1')
    .replace(/[*`<>]|^\s*(?:#+|[-+])\s/g, '')
    .trim();
}

function answer(lines: string[], question: string): string | undefined {
  const asked = new RegExp(`^${question}\\s*(?::\\s*(.*))?$`, 'i');
  for (const [index, line] of lines.entries()) {
    const found = asked.exec(line);
    if (found) return found[1] || lines.slice(index + 1).find(Boolean);
  }
  return undefined;
}

function causeOf(said: string, repository: string): Hints['cause'] {
  if (/^(none|nothing|no deployment)\.?$/i.test(said)) return NOBODY;
  const sha = /^(?:https?:\/\/\S+\/commit\/)?([0-9a-f]{40}(?:[0-9a-f]{24})?)$/i;
  const commit = sha.exec(said)?.[1];
  if (commit) return { sha: commit.toLowerCase() };
  const own = /^(?:deployment\s+)?#?(\d{1,20})$/i.exec(said)?.[1];
  if (own) return deployment(`${repository}/deployments/${own}`);
  const host = repository.split('/', 1)[0];
  const url =
    /^https?:\/\/\S+?\/([^/\s]+\/[^/\s]+)\/(deployments|actions\/runs)\/(\d+)(?:\/attempts\/(\d+))?\/?$/i;
  const [, of, what, id, attempt = 1] = url.exec(said) ?? [];
  if (!of) return undefined;
  const path = `${host}/${of.toLowerCase()}/${what.toLowerCase()}/${id}`;
  return deployment(
    what.toLowerCase() === 'deployments' ? path : `${path}/attempts/${attempt}`,
  );
}

function deployment(externalId: string): Hints['cause'] {
  return { deployment: { source: 'github', externalId } };
}

function instantOf(said: string | undefined): string | undefined {
  // Without a time zone it would be that of the server.
  if (!said || !/^\d{4}-\d\d-\d\dT\S+(?:Z|[+-]\d\d:?\d\d)$/i.test(said)) {
    return undefined;
  }
  const at = new Date(said);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function componentsOf(said: string = ''): string[] {
  const refs = said
    .slice(0, 10_000)
    .split(/[\s,]+/)
    .flatMap(part => {
      const ref = /^(?:component:)?(?:([\w.-]+)\/)?([\w.-]+)$/i.exec(part);
      return ref
        ? `component:${ref[1] ?? 'default'}/${ref[2]}`.toLowerCase()
        : [];
    });
  return [...new Set(refs)].slice(0, 500);
}
