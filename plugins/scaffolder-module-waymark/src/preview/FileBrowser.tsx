import { useMemo, useState } from 'react';
import { Button, SearchField, Text } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import { PreviewFile } from '@waymark/backstage-plugin-golden-paths-common';
import { FileContent } from './FileContent';
import { FileTree } from './FileTree';
import { fileTree, folderPaths, matching } from './tree';
import { countInWords, sizeInWords } from './words';
import styles from './FileBrowser.module.css';

/** What one would look at first. */
const first = (files: PreviewFile[]) =>
  files.find(({ path }) => path === 'README.md') ??
  files.find(({ path }) => !path.includes('/'));

/**
 * The files as a tree beside the one that is chosen; where there is no room
 * for both, one after the other.
 */
export const FileBrowser = ({ files }: { files: PreviewFile[] }) => {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(new Set<string>());
  const [selected, setSelected] = useState(() => first(files)?.path);
  const [reading, setReading] = useState(false);

  const found = useMemo(() => matching(files, search), [files, search]);
  const nodes = useMemo(() => fileTree(found), [found]);
  const folders = useMemo(() => folderPaths(found), [found]);
  const file = files.find(({ path }) => path === selected);
  const size = files.reduce((sum, each) => sum + each.size, 0);

  const searchFor = (text: string) => {
    setSearch(text);
    setOpen(new Set(text.trim() ? folderPaths(matching(files, text)) : []));
  };
  const allOpen = folders.every(path => open.has(path));

  return (
    <div className={styles.browser} data-reading={reading || undefined}>
      <div className={styles.list}>
        <div className={styles.tools}>
          <SearchField
            aria-label="Search files"
            placeholder="Search files"
            size="small"
            value={search}
            onChange={searchFor}
          />
          <div className={styles.counts}>
            <Text color="secondary" role="status">
              {search.trim()
                ? `${found.length} of ${countInWords(files.length, 'file')}`
                : `${countInWords(files.length, 'file')}, ${sizeInWords(size)}`}
            </Text>
            {folders.length > 0 && (
              <Button
                variant="tertiary"
                size="small"
                onPress={() => setOpen(new Set(allOpen ? [] : folders))}
              >
                {allOpen ? 'Close all' : 'Open all'}
              </Button>
            )}
          </div>
        </div>
        <div className={styles.tree}>
          {found.length > 0 ? (
            <FileTree
              nodes={nodes}
              open={open}
              onOpen={setOpen}
              selected={selected}
              onSelect={path => {
                setSelected(path);
                setReading(true);
              }}
            />
          ) : (
            <Text as="p" color="secondary" className={styles.none}>
              No file has “{search.trim()}” in its path.
            </Text>
          )}
        </div>
      </div>
      <div className={styles.content}>
        <Button
          variant="tertiary"
          size="small"
          className={styles.back}
          iconStart={<RiArrowLeftLine />}
          onPress={() => setReading(false)}
        >
          All files
        </Button>
        {file ? (
          <FileContent key={file.path} file={file} />
        ) : (
          <Text as="p" color="secondary" className={styles.none}>
            Choose a file to read it.
          </Text>
        )}
      </div>
    </div>
  );
};
