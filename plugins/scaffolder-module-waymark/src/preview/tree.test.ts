import { fileTree, folderPaths, matching } from './tree';

const files = [
  'README.md',
  'chart/templates/service.yaml',
  'chart/Chart.yaml',
  'b/x',
  '.github/CODEOWNERS',
].map(path => ({
  path,
  size: 1,
  executable: false,
  binary: false,
  content: 'x',
  truncated: false,
}));

describe('tree', () => {
  it('puts files into folders, folders first', () => {
    const lines: string[] = [];
    const print = (nodes: ReturnType<typeof fileTree>, indent = '') =>
      nodes.forEach(({ name, children }) => {
        lines.push(`${indent}${name}${children ? '/' : ''}`);
        print(children ?? [], `${indent}  `);
      });
    print(fileTree(files));
    expect(lines).toEqual([
      '.github/',
      '  CODEOWNERS',
      'b/',
      '  x',
      'chart/',
      '  templates/',
      '    service.yaml',
      '  Chart.yaml',
      'README.md',
    ]);
  });

  it('knows every folder by its path', () => {
    expect(folderPaths(files).sort()).toEqual([
      '.github/',
      'b/',
      'chart/',
      'chart/templates/',
    ]);
  });

  it('finds by any part of the path', () => {
    const found = (text: string) => matching(files, text).map(f => f.path);
    expect(found('CHART')).toEqual([
      'chart/templates/service.yaml',
      'chart/Chart.yaml',
    ]);
    expect(found('t/c')).toEqual(['chart/Chart.yaml']);
    expect(found('(')).toEqual([]);
  });
});
