import { plain } from '../compliance/paper';
import { Paint } from '../terminal/colours';
import { StepState, TaskEvent } from './events';

/** A step of a task. */
export interface Step {
  id: string;
  name: string;
}

/** How it is shown. */
interface Showing {
  note(text: string): void;
  paint: Paint;
  /** Each line that a step says; otherwise only what it says just now. */
  all: boolean;
  /** Columns of the terminal, where one line can be written over another. */
  columns?: number;
}

const ENDED: Partial<
  Record<StepState, { sign: string; style: 'green' | 'dim' | 'red' }>
> = {
  completed: { sign: '✓', style: 'green' },
  skipped: { sign: '-', style: 'dim' },
  failed: { sign: '✗', style: 'red' },
  cancelled: { sign: '✗', style: 'red' },
};

/** An error comes with its stack. */
const reasonOf = (text: string) =>
  plain(text.split(/\n\s+at /)[0]).replace(/^(Error: )+/, '');

/** Tells of a task step by step. */
export class Progress {
  private readonly begun = new Map<string, number>();
  private isOnLine = false;
  /** Step and reason, once one has failed. */
  failure: { step: string; reason: string } | undefined;

  constructor(
    private readonly steps: readonly Step[],
    private readonly showing: Showing,
  ) {}

  tell({ type, createdAt, body }: TaskEvent): void {
    if (type === 'recovered') {
      this.line('The portal was started anew: it goes on where it stopped.');
      return;
    }
    const step = this.steps.find(({ id }) => id === body.stepId);
    if (!step || type !== 'log') return;
    const at = createdAt ? Date.parse(createdAt) : NaN;
    const { status } = body;
    const name = `${this.place(step)} ${plain(step.name)}`;
    if (status === 'processing') {
      this.begun.set(step.id, at);
      if (this.showing.columns !== undefined) this.now(name);
      return;
    }
    const ended = status && ENDED[status];
    if (!ended) {
      this.said(name, body.message);
      return;
    }
    const { paint } = this.showing;
    this.line(
      `${paint(ended.style, ended.sign)} ${name}${paint(
        'dim',
        this.how(step, at, status),
      )}`,
    );
    if (status === 'failed') {
      this.failure = { step: plain(step.name), reason: reasonOf(body.message) };
    }
  }

  /** Tells what is waited for, once all steps are done. */
  now(words: string): void {
    const { columns, note, paint } = this.showing;
    if (columns === undefined) {
      note(`  ${words}\n`);
      return;
    }
    note(`\r\u001b[K${paint('dim', `  ${words}`.slice(0, columns - 1))}`);
    this.isOnLine = true;
  }

  /** Leaves the line that is written over. */
  end(): void {
    if (this.isOnLine) this.showing.note('\r\u001b[K');
    this.isOnLine = false;
  }

  private line(words: string) {
    this.end();
    this.showing.note(`${words}\n`);
  }

  private said(name: string, message: string) {
    const words = plain(message).replace(/^info: /, '');
    if (this.showing.all) this.line(`    ${this.showing.paint('dim', words)}`);
    else if (this.showing.columns !== undefined) this.now(`${name}: ${words}`);
  }

  private how(step: Step, at: number, status: StepState): string {
    if (status === 'skipped') return ', not needed';
    const seconds = (at - (this.begun.get(step.id) ?? NaN)) / 1000;
    return seconds >= 0 ? ` (${seconds.toFixed(1)} s)` : '';
  }

  private place(step: Step): string {
    const width = String(this.steps.length).length;
    const number = String(this.steps.indexOf(step) + 1).padStart(width);
    return `${number}/${this.steps.length}`;
  }
}
