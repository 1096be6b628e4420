/** Milliseconds; `to` is not included. */
export interface Span {
  from: number;
  to: number;
}

/** A month of a component, as far as it tells which rows are in it. */
export interface Stamped {
  begins: number;
  ends: number;
  /** The first half of its rows' hash, in two numbers. */
  stamp: readonly [number, number];
  failingSince: number;
  failingUntil: number;
}

/** Whether rows of the month can count in the span. */
export function lies(
  { begins, ends, failingSince, failingUntil }: Stamped,
  { from, to }: Span,
): boolean {
  if (begins < to && ends > from) return true;
  return failingUntil >= from && failingSince < to;
}

/** Of the months that begin at the same time. */
interface Sum {
  begins: number;
  ends: number;
  n: number;
  stamp: [number, number];
}

/**
 * The stamp of any span. Hashes are of rows with their ids: no two months have the
 * same, and they add up in any order.
 */
export function stampsOf(
  all: readonly { months: readonly Stamped[] }[],
): (span: Span) => string {
  const sums = new Map<number, Sum>();
  const lasting: Stamped[] = [];
  for (const { months } of all) {
    for (const month of months) {
      const { begins, ends, stamp } = month;
      let sum = sums.get(begins);
      if (!sum) sums.set(begins, (sum = { begins, ends, n: 0, stamp: [0, 0] }));
      add(sum, stamp);
      if (month.failingSince < begins || month.failingUntil >= ends) {
        lasting.push(month);
      }
    }
  }
  return span => {
    const whole: Pick<Sum, 'n' | 'stamp'> = { n: 0, stamp: [0, 0] };
    for (const { begins, ends, n, stamp } of sums.values()) {
      if (begins < span.to && ends > span.from) add(whole, stamp, n);
    }
    for (const month of lasting) {
      const isIn = month.begins < span.to && month.ends > span.from;
      if (!isIn && lies(month, span)) add(whole, month.stamp);
    }
    return `${whole.n} ${whole.stamp.join(' ')}`;
  };
}

function add(
  sum: Pick<Sum, 'n' | 'stamp'>,
  [one, other]: readonly [number, number],
  n = 1,
): void {
  sum.n += n;
  sum.stamp[0] += one;
  sum.stamp[1] += other;
}
