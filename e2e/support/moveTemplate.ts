import { Clone } from './faults/forge';
import { Place } from './faults/place';

const TEMPLATE = 'templates/node-api/template.yaml';
const README = 'templates/node-api/skeleton/README.md.njk';
const TITLE = /^# .*\n/m;
const VERSION = /(backstage\.io\/template-version: )(\S+)/;

/** Pushes a newer version of the Node.js path, whose README says one line more. */
export async function moveTemplate(place: Place) {
  const line = 'The golden path says more here.';
  const platform = await Clone.of('platform', place);
  const template = platform.read(TEMPLATE);
  const readme = platform.read(README);
  const [, , before] = VERSION.exec(template)!;
  const version = before.replace(/\d+$/, patch => String(Number(patch) + 1));
  await platform.push(
    {
      [TEMPLATE]: template.replace(VERSION, `$1${version}`),
      [README]: readme.replace(TITLE, title => `${title}\n${line}\n`),
    },
    `Node.js API ${version}`,
  );
  return {
    version,
    line,
    /** As it was. */
    back: async () => {
      await platform.push(
        { [TEMPLATE]: template, [README]: readme },
        `Node.js API ${before} again`,
      );
      platform.remove();
    },
  };
}
