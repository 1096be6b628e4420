import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { compare } from './order';

/** A place in the history of a branch. */
interface Place {
  line: number;
  position: number;
}

/** A push to a branch that moved it to a commit. */
export type Move = ObservationOf<'push'> & { after: string };

/** Pushes that each went on where the one before ended. */
interface Line {
  ref: string;
  moves: Move[];
  /** Where it leaves this line's history for another's. */
  joins: { position: number; sha: string }[];
}

/**
 * The history of a repository, as far as its pushes tell it: what one commit has of
 * another is known without asking Git.
 *
 * Each push goes on where the one before ended. One that made the branch, or was
 * forced, begins a line of its own; where pushes are missing in between, the line
 * goes on with the branch's next one. What is before the first push of a branch is
 * known where that commit is on another branch, or was asked for (`ancestry`).
 */
export class Lines {
  private readonly lines: Line[] = [];
  private readonly byRef = new Map<string, Line[]>();
  private readonly shas = new Map<string, ReadonlySet<string>>();
  private readonly places = new Map<string, Place[]>();
  private readonly asked = new Map<string, string>();
  private readonly reach = new Map<string, Map<number, number>>();
  private last?: { sha: string; reach: ReadonlyMap<number, number> };

  constructor(
    pushes: readonly ObservationOf<'push'>[],
    ancestries: readonly ObservationOf<'ancestry'>[],
  ) {
    const branches = new Map<string, Move[]>();
    for (const push of distinct(pushes)) {
      const { ref } = push;
      if (!ref.startsWith('refs/heads/')) continue;
      append(branches, ref, push);
    }
    for (const moves of branches.values()) this.addBranch(moves);
    for (const { sha, ancestor } of ancestries) {
      const places = this.places.get(sha) ?? [];
      for (const { line, position } of places) {
        this.lines[line].joins.push({ position, sha: ancestor });
      }
      // It was never pushed to a branch that is known.
      if (places.length === 0) this.asked.set(sha, ancestor);
    }
  }

  /** Whether `deployed` is `merged`, or has it in its history. */
  contains(deployed: string, merged: string): boolean {
    if (deployed === merged) return true;
    const places = this.places.get(merged);
    if (!places) return false;
    // It is asked of each deployment in turn, for hundreds of commits.
    if (this.last?.sha !== deployed) {
      this.last = { sha: deployed, reach: this.reachOf(deployed) };
    }
    const { reach } = this.last;
    for (const { line, position } of places) {
      if ((reach.get(line) ?? -1) >= position) return true;
    }
    return false;
  }

  /** What was pushed to a branch, in the order of its history. */
  movesOf(ref: string): Move[] {
    return (this.byRef.get(ref) ?? []).flatMap(({ moves }) => moves);
  }

  /** What was pushed to a branch, without order. */
  shasOf(ref: string): ReadonlySet<string> {
    let shas = this.shas.get(ref);
    if (!shas) {
      const moves = this.movesOf(ref);
      shas = new Set(
        moves.flatMap(({ commits }) => commits).map(one => one.sha),
      );
      this.shas.set(ref, shas);
    }
    return shas;
  }

  private addBranch(moves: Move[]) {
    const following = new Map<string, Move[]>();
    const ends = new Set(moves.map(({ after }) => after));
    for (const move of moves) {
      const { before } = move;
      if (before === undefined || move.forced) continue;
      append(following, before, move);
    }
    const indexes = new Map(moves.map((move, index) => [move, index]));
    const done = new Set<Move>();
    const begin = (first: Move) => {
      const line: Move[] = [];
      let next: Move | undefined = first;
      while (next && !done.has(next)) {
        done.add(next);
        line.push(next);
        next = following.get(next.after)?.find(one => !done.has(one));
      }
      const before = moves[indexes.get(first)! - 1];
      this.addLine(line, before, ends);
    };
    const begins = (move: Move) =>
      move.before === undefined || move.forced || !ends.has(move.before);
    for (const move of moves) if (begins(move)) begin(move);
    // The branch went back to a commit and on from there a second time.
    for (const move of moves) if (!done.has(move)) begin(move);
  }

  /** @param earlier - the push to the branch before its first one */
  private addLine(
    moves: Move[],
    earlier: Move | undefined,
    ends: ReadonlySet<string>,
  ) {
    const index = this.lines.length;
    const [{ ref, before, forced }] = moves;
    const line: Line = { ref, moves, joins: [] };
    this.lines.push(line);
    append(this.byRef, ref, line);
    if (before !== undefined && !forced) {
      line.joins.push({ position: 0, sha: before });
      // Pushes are missing; a branch that was not forced still has what it had.
      if (earlier && !ends.has(before)) {
        line.joins.push({ position: 0, sha: earlier.after });
      }
    }
    const shas = new Set<string>();
    for (const { commits, after } of moves) {
      for (const { sha } of commits) shas.add(sha);
      shas.delete(after);
      shas.add(after);
    }
    let position = 0;
    for (const sha of shas) {
      const places = this.places.get(sha) ?? [];
      places.push({ line: index, position });
      this.places.set(sha, places);
      position += 1;
    }
  }

  /** How far each line is in the history of a commit. */
  private reachOf(sha: string): Map<number, number> {
    const known = this.reach.get(sha);
    if (known) return known;
    const reach = new Map<number, number>();
    const start = this.asked.get(sha) ?? sha;
    const next = [...(this.places.get(start) ?? [])];
    for (let at = next.pop(); at; at = next.pop()) {
      const { line, position } = at;
      if ((reach.get(line) ?? -1) >= position) continue;
      reach.set(line, position);
      for (const join of this.lines[line].joins) {
        if (join.position <= position) {
          next.push(...(this.places.get(join.sha) ?? []));
        }
      }
    }
    this.reach.set(sha, reach);
    return reach;
  }
}

/** How much is known of a push: its commits, and then their files. */
function fullness(push: ObservationOf<'push'> | undefined): number {
  if (!push) return -1;
  const { commits } = push;
  return 2 * commits.length + (commits.every(one => one.paths) ? 1 : 0);
}

function append<T>(lists: Map<string, T[]>, key: string, value: T) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Each move once, by when it was first seen; deletions are none. */
function distinct(pushes: readonly ObservationOf<'push'>[]): Move[] {
  const found = new Map<string, Move>();
  for (const push of pushes) {
    const { ref, before, after, at } = push;
    if (after === undefined) continue;
    const key = JSON.stringify([ref, before ?? null, after]);
    const other = found.get(key);
    const fuller = fullness(other) < fullness(push);
    if (!other || fuller) {
      const first = other && other.at < at ? other.at : at;
      found.set(key, { ...push, after, at: first });
    } else if (at < other.at) {
      found.set(key, { ...other, at });
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compare(a.at, b.at) ||
      compare(a.after, b.after) ||
      compare(a.before ?? '', b.before ?? ''),
  );
}
