import { isMap, parseDocument, visit } from 'yaml';

/**
 * Says why documentation with this mkdocs.yml is not built. TechDocs takes out
 * what would run code or read other files, but only where the configuration
 * has its usual form: an extension in a mapping, or behind `!ENV`, slips by,
 * and `!ENV` alone reads the portal's own secrets.
 *
 * @returns nothing where there is no such trick
 */
export function findMkdocsProblem(text: string): string | undefined {
  const document = parseDocument(text, {
    merge: true,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  if (document.errors.length > 0) {
    return `it is not valid YAML: ${document.errors[0].message}`;
  }
  let tag: string | undefined;
  visit(document, {
    Node: (_, node) => {
      const own = 'tag' in node ? node.tag : undefined;
      if (typeof own === 'string' && !own.startsWith('tag:yaml.org,')) {
        tag = own;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  if (tag) return `the tag ${tag} is not supported`;
  if (document.contents === null) return undefined;
  if (!isMap(document.contents)) return 'it is not a mapping';

  const { markdown_extensions: extensions } = document.toJS({
    maxAliasCount: 100,
  });
  if (extensions !== undefined && !Array.isArray(extensions)) {
    return 'write markdown_extensions as a list, one extension per line';
  }
  return undefined;
}
