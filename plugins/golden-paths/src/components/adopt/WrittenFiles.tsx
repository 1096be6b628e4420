import { useId } from 'react';
import { Text } from '@backstage/ui';
import { AdoptionPreview } from '@waymark/backstage-plugin-golden-paths-common';
import styles from './adopt.module.css';
import { WrittenLine, writtenLines } from './writtenLines';

const Line = ({ text, isNew }: WrittenLine) => {
  const Element = isNew ? 'ins' : 'span';
  return (
    <Element className={`${styles.line} ${isNew ? styles.new : ''}`}>
      <span className={styles.mark}>{isNew ? '+' : ' '}</span>
      {text}
      {'\n'}
    </Element>
  );
};

const WrittenFile = (props: { file: AdoptionPreview['files'][number] }) => {
  const { path, before, after } = props.file;
  const id = useId();
  return (
    <section className={styles.file} aria-labelledby={id}>
      <h4 id={id} className={styles.path}>
        <code>{path}</code>{' '}
        <Text variant="body-small" color="secondary">
          {before === null ? 'new file' : 'lines added'}
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
        {writtenLines(before, after).map(lines => (
          <pre key={lines[0].line}>
            {lines.map(line => (
              <Line key={line.line} {...line} />
            ))}
          </pre>
        ))}
      </div>
    </section>
  );
};

/** What a pull request would write. */
export const WrittenFiles = ({ files }: Pick<AdoptionPreview, 'files'>) => (
  <section>
    <h3 className={styles.heading}>What would be written</h3>
    {files.map(file => (
      <WrittenFile key={file.path} file={file} />
    ))}
  </section>
);
