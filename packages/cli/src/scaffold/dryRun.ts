import { previewSchema } from '@waymark/backstage-plugin-golden-paths-common';
import type { Context } from '../commands/Context';
import { Paper, plain } from '../compliance/paper';
import { PortalClient } from '../portal/PortalClient';
import { PortalTemplate } from '../portal/templates';
import { paintWith } from '../terminal/colours';
import { Given } from './definitions';
import { Values } from './schema';
import { fileTree } from './tree';

/** Tells which files would be made; answers the exit code. */
export async function dryRun(
  client: PortalClient,
  template: PortalTemplate,
  values: Values,
  given: Given,
  context: Context,
): Promise<number> {
  const preview = await client.post(
    '/api/golden-paths/preview',
    { templateRef: template.ref, values },
    previewSchema,
  );
  if (given.json) {
    context.out(
      `${JSON.stringify({ template, values, ...preview }, null, 2)}\n`,
    );
  } else if (preview.result === 'files') {
    const paint = paintWith(context.colours);
    const size = preview.files.length;
    context.out(
      `${fileTree(preview.files, paint)}\n${size} ${
        size === 1 ? 'file' : 'files'
      } would be made from ${template.name} ${
        template.version ?? ''
      }. Nothing was made.\n`,
    );
  } else {
    const paper = new Paper(context.colours === true);
    paper.line('Nothing can be made of these answers yet:');
    for (const { title, message } of preview.problems) {
      paper.entry(`${plain(title)}: `, message, 2);
    }
    context.out(paper.toString());
  }
  return preview.result === 'files' ? 0 : 1;
}
