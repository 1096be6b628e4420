import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LEVELS, TRACKS } from '@waymark/backstage-plugin-compliance-common';
import { parse } from 'yaml';

const root = resolve(__dirname, '../../../..');
const policies = join(root, 'policies');
const ids = readdirSync(policies).filter(id =>
  existsSync(join(policies, id, 'rule.rego')),
);

/** What stands above a rule. */
function metadata(id: string) {
  const [block] = readFileSync(join(policies, id, 'rule.rego'), 'utf8').split(
    /^(?!#)/m,
  );
  return parse(block.replace(/^# METADATA\n/, '').replace(/^# ?/gm, ''));
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('texts of the rules', () => {
  it.each(ids)('says of %s in its README what is above the rule', id => {
    const { title, description, custom } = metadata(id);
    const readme = onOneLine(
      readFileSync(join(policies, id, 'README.md'), 'utf8'),
    );
    const start = [
      `# ${title} \`${id}\`, ${custom.severity} ${description}`,
      `**Why.** ${custom.why} **Fix.** ${custom.fix}`,
    ].join(' ');
    expect(readme.slice(0, onOneLine(start).length)).toBe(onOneLine(start));
  });

  it('lists every rule by track and level', () => {
    const page = readFileSync(join(root, 'docs/compliance/rules.md'), 'utf8');
    const rows = page
      .split('\n')
      .map(line => line.split('|').map(cell => cell.trim()))
      .filter(cells => /^\[/.test(cells[3] ?? ''));
    const order = (all: readonly string[], one: string) => all.indexOf(one);
    const wanted = ids
      .map(metadata)
      .sort(
        (one, other) =>
          order(TRACKS, one.custom.track) - order(TRACKS, other.custom.track) ||
          order(LEVELS, one.custom.level) - order(LEVELS, other.custom.level),
      )
      .map(({ title, custom: { id, level, severity } }) =>
        [level, severity, `[${id}](/compliance/rules/${id})`, title].join(),
      );
    const listed = rows.map(cells => cells.slice(1, 5).join());
    expect([...listed].sort()).toEqual([...wanted].sort());
    expect(listed.map(row => row.split(',')[0])).toEqual(
      wanted.map(row => row.split(',')[0]),
    );
    expect(page).toContain(`There are ${ids.length} rules`);
  });

  it('has rules at every level of every track', () => {
    const found = new Set(
      ids.map(metadata).map(({ custom }) => `${custom.track} ${custom.level}`),
    );
    expect(found.size).toBe(TRACKS.length * LEVELS.length);
  });
});
