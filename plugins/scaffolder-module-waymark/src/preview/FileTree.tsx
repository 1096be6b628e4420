import { Dispatch, SetStateAction } from 'react';
import {
  Button,
  Collection,
  Tree,
  TreeItem,
  TreeItemContent,
} from 'react-aria-components';
import {
  RiArrowRightSLine,
  RiFileTextLine,
  RiFolder3Line,
} from '@remixicon/react';
import { TreeNode } from './tree';
import styles from './FileTree.module.css';

type FileTreeProps = {
  nodes: TreeNode[];
  /** Paths of the folders that are open. */
  open: Set<string>;
  onOpen: Dispatch<SetStateAction<Set<string>>>;
  selected?: string;
  onSelect: (path: string) => void;
};

const renderNode = (node: TreeNode) => (
  <TreeItem
    key={node.path}
    id={node.path}
    textValue={node.name}
    className={styles.item}
  >
    <TreeItemContent>
      {node.children ? (
        <Button slot="chevron" className={styles.chevron}>
          <RiArrowRightSLine size={16} aria-hidden />
        </Button>
      ) : (
        <span className={styles.chevron} />
      )}
      {node.children ? (
        <RiFolder3Line size={16} aria-hidden className={styles.icon} />
      ) : (
        <RiFileTextLine size={16} aria-hidden className={styles.icon} />
      )}
      <span className={styles.name}>{node.name}</span>
    </TreeItemContent>
    <Collection items={node.children ?? []}>{renderNode}</Collection>
  </TreeItem>
);

/** Folders that open and files that are chosen, by pointer or by arrow keys. */
export const FileTree = (props: FileTreeProps) => {
  const { nodes, open, onOpen, selected, onSelect } = props;

  const choose = (path: string) => {
    if (!path.endsWith('/')) {
      onSelect(path);
      return;
    }
    onOpen(before => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  };

  return (
    <Tree
      aria-label="Files"
      className={styles.tree}
      items={nodes}
      selectionMode="single"
      disallowEmptySelection
      // Escape closes the dialog; there is no choice to take back.
      escapeKeyBehavior="none"
      selectedKeys={selected ? [selected] : []}
      onSelectionChange={keys => {
        const [path] = keys === 'all' ? [] : [...keys];
        if (typeof path === 'string') choose(path);
      }}
      expandedKeys={open}
      onExpandedChange={keys => onOpen(new Set([...keys].map(String)))}
    >
      {renderNode}
    </Tree>
  );
};
