import { useId, useMemo } from 'react';
import { Text } from '@backstage/ui';
import { FixPreview } from '@waymark/backstage-plugin-compliance-common';
import { LineMark, lineChanges } from '../../data/lineChanges';
import { count } from '../../words';
import styles from './fixes.module.css';

const LINES = {
  '+': { Element: 'ins', style: styles.added },
  '-': { Element: 'del', style: styles.removed },
  ' ': { Element: 'span', style: '' },
} as const;

const Line = ({ mark, text }: { mark: LineMark; text: string }) => {
  const { Element, style } = LINES[mark];
  return (
    <Element className={`${styles.line} ${style}`}>
      <span className={styles.lineMark}>{mark}</span>
      {text}
      {'\n'}
    </Element>
  );
};

/** `2 lines added, 1 removed`. */
function sizeWords(added: number, removed: number): string {
  const words = [
    added > 0 && `${count(added, 'line')} added`,
    removed > 0 &&
      (added > 0 ? `${removed} removed` : `${count(removed, 'line')} removed`),
  ].filter(Boolean);
  return words.join(', ') || 'empty';
}

/** How a file changes, line by line. */
export const FileChange = (props: { file: FixPreview['files'][number] }) => {
  const { path, before, after } = props.file;
  const id = useId();
  const { passages, added, removed } = useMemo(
    () => lineChanges(before ?? '', after),
    [before, after],
  );
  return (
    <section className={styles.file} aria-labelledby={id}>
      <h4 id={id} className={styles.path}>
        <code>{path}</code>{' '}
        <Text variant="body-small" color="secondary">
          {before === undefined && 'new file, '}
          {sizeWords(added, removed)}
        </Text>
      </h4>
      {/* Long lines are read by scrolling, with the keyboard, too. */}
      <div
        className={styles.lines}
        role="group"
        aria-labelledby={id}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {passages.map(({ from, lines }) => (
          <div key={from} className={styles.passage}>
            {(passages.length > 1 || from > 1) && (
              <p className={styles.from}>From line {from}</p>
            )}
            <pre>
              {lines.map((line, index) => (
                <Line key={index} {...line} />
              ))}
            </pre>
          </div>
        ))}
      </div>
    </section>
  );
};
