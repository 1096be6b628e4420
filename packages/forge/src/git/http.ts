import { spawn } from 'node:child_process';
import { dirname, basename } from 'node:path';
import { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ForgeLogger } from '../options';
import { gitEnv } from './exec';

/** Bytes a pushed pack may have. */
const MAX_PACK = 2 * 1024 * 1024 * 1024;
/** Bytes of CGI header accepted from git. */
const MAX_HEAD = 64 * 1024;

/** The two services of git's smart protocol. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** One git request, already allowed. */
export interface GitHttpRequest {
  gitDir: string;
  service: GitService;
  /** True for the list of refs before the exchange itself. */
  advertise: boolean;
  /** Login that pushes; without one nothing can be pushed. */
  actor?: string;
  env?: Record<string, string>;
}

/**
 * Hands a request to `git http-backend`. The path git sees is made from our
 * own names only. `finish` runs after git has ended and before the answer
 * does, so that whoever pushed finds all that the push leads to.
 */
export async function serveGit(
  req: Request,
  res: Response,
  request: GitHttpRequest,
  running: Set<Promise<void>>,
  logger: ForgeLogger,
  finish: () => Promise<void>,
): Promise<void> {
  const work = runBackend(req, res, request, logger, finish);
  running.add(work);
  try {
    await work;
  } finally {
    running.delete(work);
  }
}

async function runBackend(
  req: Request,
  res: Response,
  request: GitHttpRequest,
  logger: ForgeLogger,
  finish: () => Promise<void>,
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    cwd: request.gitDir,
    env: cgiEnv(req, request),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < 4096) {
      stderr += chunk.toString();
    }
  });
  // A client that goes away ends git's input; git then ends without a change.
  const sending = pipeline(req, child.stdin).catch(() => undefined);
  // When nobody reads any more, git must not wait for a reader for ever.
  res.on('close', () => {
    if (!res.writableFinished) {
      child.stdout.unpipe();
      child.stdout.resume();
    }
  });
  const copying = copyAnswer(child.stdout, res);
  const code = await exited;
  await copying;
  // git may end without reading all of what was sent.
  req.unpipe();
  req.resume();
  await Promise.race([sending, Promise.resolve()]);
  await finish();
  if (code !== 0) {
    logger.warn(
      `git ${request.service} ended with ${code}: ${stderr
        .trim()
        .slice(0, 500)}`,
    );
  }
  if (!res.headersSent) {
    res.status(500).type('text/plain').send('git ended without an answer\n');
  } else {
    res.end();
  }
}

function cgiEnv(
  req: Request,
  { gitDir, service, advertise, actor, env }: GitHttpRequest,
): Record<string, string> {
  const result: Record<string, string> = {
    ...gitEnv(gitDir),
    ...env,
    GIT_PROJECT_ROOT: dirname(gitDir),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${basename(gitDir)}/${advertise ? 'info/refs' : service}`,
    QUERY_STRING: advertise ? `service=${service}` : '',
    REQUEST_METHOD: advertise ? 'GET' : 'POST',
    CONTENT_TYPE: advertise ? '' : `application/x-${service}-request`,
    REMOTE_ADDR: '127.0.0.1',
  };
  const count = Number(result.GIT_CONFIG_COUNT);
  const settings: [string, string][] = [
    ['http.receivepack', actor ? 'true' : 'false'],
    ['receive.maxInputSize', String(MAX_PACK)],
    ['receive.fsckObjects', 'true'],
    ['receive.autogc', 'false'],
    ['receive.advertisePushOptions', 'false'],
    ['receive.hideRefs', 'refs/pull'],
    ['uploadpack.allowFilter', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
  ];
  if (env?.FORGE_HOOKS) {
    settings.push(['core.hooksPath', env.FORGE_HOOKS]);
  }
  settings.forEach(([key, value], index) => {
    result[`GIT_CONFIG_KEY_${count + index}`] = key;
    result[`GIT_CONFIG_VALUE_${count + index}`] = value;
  });
  result.GIT_CONFIG_COUNT = String(count + settings.length);
  if (actor) {
    result.REMOTE_USER = actor;
    result.GIT_COMMITTER_NAME = actor;
    result.GIT_COMMITTER_EMAIL = `${actor}@users.noreply`;
  }
  const encoding = req.get('content-encoding');
  if (encoding === 'gzip' || encoding === 'x-gzip') {
    result.HTTP_CONTENT_ENCODING = encoding;
  }
  const length = req.get('content-length');
  if (length && /^\d{1,15}$/.test(length)) {
    result.CONTENT_LENGTH = length;
  }
  const protocol = req.get('git-protocol');
  if (protocol && /^[a-z0-9=:.-]{1,100}$/i.test(protocol)) {
    result.GIT_PROTOCOL = protocol;
  }
  return result;
}

/** Reads the CGI header, then copies the rest; leaves the answer open. */
function copyAnswer(from: Readable, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    let head: Buffer = Buffer.alloc(0);
    const readHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end >= 0) {
        from.off('data', readHead);
        applyHead(head.toString('latin1', 0, end), res);
        // Sent also when no body follows, as for git's probe before a push.
        res.flushHeaders();
        from.unshift(head.subarray(end + 4));
        from.pipe(res, { end: false });
      } else if (head.length > MAX_HEAD) {
        reject(new Error('git gave an answer without a header'));
      }
    };
    from.on('data', readHead);
    from.on('end', resolve);
    from.on('error', reject);
  });
}

function applyHead(text: string, res: Response): void {
  res.status(200);
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') {
      res.status(Number.parseInt(value, 10) || 500);
    } else if (
      ['content-type', 'cache-control', 'expires', 'pragma'].includes(name)
    ) {
      res.setHeader(name, value);
    }
  }
}
