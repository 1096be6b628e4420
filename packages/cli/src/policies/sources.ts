import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The rules of a checkout as they are built: without tests and examples. */
export interface Sources {
  /** Ids of the rules, sorted. */
  rules: string[];
  /** Files of Rego below `policies/`, sorted. */
  files: string[];
  /** SHA-256 of these files and the README of each rule. */
  revision: string;
  /** The text of a file below `policies/`. */
  read(file: string): string;
  /** Copies the Rego files, so that no other file can come into a bundle. */
  copyTo(folder: string): void;
}

/** Finds the rules of a folder such as `policies/`. */
export function readSources(policies: string): Sources {
  const folders = readdirSync(policies, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
  const files = folders.flatMap(folder =>
    readdirSync(join(policies, folder))
      .filter(name => /(?<!_test)\.rego$/.test(name))
      .sort()
      .map(name => `${folder}/${name}`),
  );
  const rules = folders.filter(name => files.includes(`${name}/rule.rego`));
  const read = (file: string) =>
    readFileSync(join(policies, file), 'utf8').replace(/\r\n/g, '\n');
  const hash = createHash('sha256');
  const readmes = rules
    .map(rule => `${rule}/README.md`)
    .filter(file => existsSync(join(policies, file)));
  for (const file of [...files, ...readmes]) {
    // Lengths keep two files from reading as one.
    const text = read(file);
    hash.update(`${file}\n${text.length}\n${text}`);
  }
  return {
    rules,
    files,
    revision: hash.digest('hex'),
    read,
    copyTo: folder => {
      for (const file of files) {
        const target = join(folder, file);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, read(file));
      }
    },
  };
}
