import { ConflictError } from '@backstage/errors';
import {
  HistoricVersion,
  Path,
  PathVersion,
} from '@waymark/backstage-plugin-golden-paths-node';
import { Engine } from '../templates/engine';
import { readVersion, renderVersion } from '../upgrade/renderVersion';
import { TemplateHistory } from '../upgrade/TemplateHistory';

/**
 * A golden path with all versions that its repository's history has.
 *
 * @returns undefined where it has no version that can be read
 */
export async function pathOf(
  history: TemplateHistory,
  engine: Engine,
): Promise<Path | undefined> {
  const [first, ...others] = await history.versions();
  if (!first) return undefined;
  const { newest, ref, title } = await history.at(
    first.commit,
    async folder => {
      const { template } = readVersion(folder, first.version);
      const { name, title: words = name } = template.metadata;
      return {
        newest: versionOf(history, engine, first, template),
        ref: `template:default/${name}`,
        title: words,
      };
    },
  );
  const read = (one: HistoricVersion): Promise<PathVersion> =>
    history.at(one.commit, async folder =>
      versionOf(
        history,
        engine,
        one,
        readVersion(folder, one.version).template,
      ),
    );
  return {
    ref,
    title,
    newest,
    older: () => Promise.all(others.map(read)),
    at: async commit => {
      const version = await history.versionAt(commit);
      return version === undefined ? undefined : read({ version, commit });
    },
  };

  function versionOf(
    from: TemplateHistory,
    by: Engine,
    { version, commit }: HistoricVersion,
    template: PathVersion['template'],
  ): PathVersion {
    return {
      version,
      commit,
      template,
      render: async (inputs, environment) => {
        try {
          return await from.at(commit, folder =>
            renderVersion(by, readVersion(folder, version), {
              template: { commit },
              inputs,
              environment,
            }),
          );
        } catch (error) {
          // It takes no such answers, or makes nothing of them.
          if (error instanceof ConflictError) return undefined;
          throw error;
        }
      },
    };
  }
}
