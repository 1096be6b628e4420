import { delimiter, dirname } from 'node:path';

const OWN = /^(APP_CONFIG_|POSTGRES_|WAYMARK_|NODE_COMPILE_CACHE|NODE_PATH)/;

/**
 * What a portal under measurement inherits: this Node, and no setting of the
 * person who measures.
 */
export function cleanEnvironment(
  more: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OWN.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    ...more,
  };
}

/** Overrides of Backstage's configuration, as it reads them from variables. */
export function configVariables(
  values: Record<string, unknown>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `APP_CONFIG_${key.replaceAll('.', '_')}`,
      JSON.stringify(value),
    ]),
  );
}
