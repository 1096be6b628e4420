import {
  NewInputs,
  UpgradePreview,
} from '@waymark/backstage-plugin-golden-paths-common';
import { GoldenPathsApi } from '../../api/GoldenPathsApi';

/** What a rollout would change in a service, with answers for those who have none. */
export async function previewRolled(
  api: Pick<GoldenPathsApi, 'previewUpgrade'>,
  entityRef: string,
  inputs: NewInputs,
): Promise<UpgradePreview> {
  const preview = await api.previewUpgrade({ entityRef });
  const answered = preview.missing
    .map(({ name }) => name)
    .filter(name => name in inputs);
  if (answered.length === 0) return preview;
  return api.previewUpgrade({
    entityRef,
    inputs: Object.fromEntries(answered.map(name => [name, inputs[name]])),
  });
}

/** What a preview comes to, in a line. */
export function previewWords({
  result,
  changes,
  conflicts,
}: UpgradePreview): string {
  if (result === 'missing') return 'Needs answers';
  if (result === 'up-to-date') return 'Nothing changes';
  const files =
    changes.length === 1 ? '1 file changes' : `${changes.length} files change`;
  return conflicts.length > 0
    ? `${files}, ${conflicts.length} to decide on`
    : `${files}, all can be merged`;
}
