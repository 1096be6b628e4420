import type { CommandContext } from '../templates/command';
import type { Definition } from './definition';

/** Where a command runs, and how it speaks to whoever runs it. */
export interface Context extends Omit<CommandContext, 'root'> {
  /** Waymark's checkout; the packed file has none. */
  root?: string;
  env: NodeJS.ProcessEnv;
  /** Folder it is run in. */
  cwd: string;
  /** Every command there is here: what shells complete. */
  definitions: readonly Definition[];
  /** Writes beside the result: what happens meanwhile. */
  note(text: string): void;
  /** Whether notes are seen by a person, in colour. */
  noteColours?: boolean;
  /** Of the terminal that notes are seen on. */
  columns?: number;
  /** Asks without showing what is typed. */
  askSecret?(question: string): Promise<string>;
}

export type Run = (args: string[], context: Context) => Promise<number>;
