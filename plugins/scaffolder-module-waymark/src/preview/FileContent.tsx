// Its parts are declared in the index of its types only.
/// <reference types="react-syntax-highlighter" />
import { ComponentPropsWithoutRef } from 'react';
import Highlighter from 'react-syntax-highlighter/dist/esm/light-async';
import { Badge, Flex, Text } from '@backstage/ui';
import { PreviewFile } from '@waymark/backstage-plugin-golden-paths-common';
import { languageOf, sizeInWords } from './words';
import styles from './FileContent.module.css';

/** A block that scrolls must be reached by keyboard too. */
const ScrollingCode = (props: ComponentPropsWithoutRef<'pre'>) => (
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <pre {...props} className={styles.code} tabIndex={0} />
);

function whyNoText({ binary, size, content, truncated }: PreviewFile) {
  if (binary) return 'This is not a text file.';
  if (size === 0) return 'This file is empty.';
  if (truncated && !content) {
    return 'There is too much text in all files together to show this one.';
  }
  return undefined;
}

/** One file: what it is called, how large it is, and what is in it. */
export const FileContent = ({ file }: { file: PreviewFile }) => {
  const { path, size, executable, content = '', truncated } = file;
  const why = whyNoText(file);
  return (
    <section className={styles.file} aria-label={path}>
      <Flex align="center" gap="2" className={styles.head}>
        <Text as="h3" variant="body-medium" weight="bold">
          {path}
        </Text>
        <Text color="secondary">{sizeInWords(size)}</Text>
        {executable && <Badge size="small">Executable</Badge>}
      </Flex>
      {why ? (
        <Text as="p" color="secondary" className={styles.note}>
          {why}
        </Text>
      ) : (
        <>
          {truncated && (
            <Text as="p" color="secondary" className={styles.note}>
              Only the beginning is shown.
            </Text>
          )}
          <Highlighter
            language={languageOf(path)}
            useInlineStyles={false}
            PreTag={ScrollingCode}
          >
            {content}
          </Highlighter>
        </>
      )}
    </section>
  );
};
