import { chmod, mkdir } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { writeAtomically } from '../store/collection';
import { gitEnv } from './exec';

/**
 * What a rule forbids on the ref it names:
 * `direct` changes other than by pull request, `checks` commits without the
 * required statuses, `linear` merge commits, `restricted` and `locked` any
 * change, `create`, `force`, `delete` what they say.
 */
export type RuleKind =
  | 'direct'
  | 'checks'
  | 'linear'
  | 'restricted'
  | 'locked'
  | 'create'
  | 'force'
  | 'delete';

/** One rule of one ref, as the update hook reads it. */
export interface RefRule {
  kind: RuleKind;
  ref: string;
}

/**
 * Asked by git for every ref of a push, and by the API for every ref it
 * moves. Shell, because it runs inside of git and starts in a millisecond.
 */
const UPDATE = `#!/bin/sh
ref=$1
old=$2
new=$3
zero=0000000000000000000000000000000000000000

refuse() {
  echo "error: GH006: Protected branch update failed for $ref." >&2
  echo "error: $1" >&2
  exit 1
}

case $ref in
  refs/heads/* | refs/tags/*) ;;
  *)
    echo "error: only branches and tags can be pushed, not $ref" >&2
    exit 1
    ;;
esac

while read -r kind name; do
  [ "$name" = "$ref" ] || continue
  case $kind in
    locked) refuse 'Cannot change this locked branch' ;;
    restricted) refuse "You're not authorized to push to this branch." ;;
    create)
      [ "$old" != $zero ] || refuse 'Cannot create this protected branch'
      ;;
    delete)
      [ "$new" != $zero ] || refuse 'Cannot delete this protected branch'
      ;;
    force)
      if [ "$old" != $zero ] && [ "$new" != $zero ]; then
        git merge-base --is-ancestor "$old" "$new" ||
          refuse 'Cannot force-push to this branch'
      fi
      ;;
    direct)
      [ "$new" = $zero ] ||
        refuse 'Changes must be made through a pull request.'
      ;;
    checks)
      if [ "$new" != $zero ]; then
        case " $FORGE_PASSED " in
          *" $new "*) ;;
          *) refuse 'Required status checks are expected.' ;;
        esac
      fi
      ;;
    linear)
      if [ "$new" != $zero ]; then
        range=$new
        [ "$old" = $zero ] || range="$new ^$old"
        [ -z "$(git rev-list --merges --max-count=1 $range)" ] ||
          refuse 'This branch must not contain merge commits.'
      fi
      ;;
  esac
done <<RULES
$FORGE_RULES
RULES
exit 0
`;

/**
 * Notes a finished push in the journal, so that its webhooks are sent also
 * when the forge is killed at that moment.
 */
const POST_RECEIVE = `#!/bin/sh
temporary=$FORGE_JOURNAL/.$FORGE_PUSH_ID.tmp
{
  printf '%s\\n' "$FORGE_PUSH"
  cat
} >"$temporary" && mv "$temporary" "$FORGE_JOURNAL/$FORGE_PUSH_ID"
`;

/** Writes the two hooks; no others are ever run. */
export async function installHooks(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const [name, text] of [
    ['update', UPDATE],
    ['post-receive', POST_RECEIVE],
  ]) {
    const file = join(dir, name);
    await writeAtomically(file, text);
    await chmod(file, 0o700);
  }
}

/** The environment the update hook reads its rules from. */
export function rulesEnv(
  rules: RefRule[],
  passed: string[],
): Record<string, string> {
  return {
    FORGE_RULES: rules.map(rule => `${rule.kind} ${rule.ref}`).join('\n'),
    FORGE_PASSED: passed.join(' '),
  };
}

/** Asks the update hook about one change; the text of the refusal, if any. */
export function askUpdateHook(
  hooksDir: string,
  gitDir: string,
  env: Record<string, string>,
  change: { ref: string; before: string; after: string },
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      join(hooksDir, 'update'),
      [change.ref, change.before, change.after],
      {
        cwd: gitDir,
        env: { ...gitEnv(gitDir), GIT_DIR: gitDir, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', code => {
      const lines = stderr
        .split('\n')
        .filter(Boolean)
        .map(line => line.replace(/^error: (GH006: )?/, ''));
      resolve(code === 0 ? undefined : lines.join(' ') || 'Update refused');
    });
  });
}
