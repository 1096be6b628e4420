import { Layout } from '../layout';
import { Ports } from '../ports';

/** What every command is given. */
export interface CommandContext {
  layout: Layout;
  ports: Ports;
  env: NodeJS.ProcessEnv;
}
