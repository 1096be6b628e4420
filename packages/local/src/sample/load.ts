import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { InputError, stringifyError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { SampleCompany } from './company';
import { findProblems } from './references';
import { companySchema, componentSchema, SampleComponent } from './schema';
import { ApiType, SampleApi } from './types';

/**
 * Reads the sample company: `company.yaml`, `components/*.yaml` and `apis/*`.
 *
 * @param sampleDir - absolute path of the folder that holds them
 * @throws InputError naming every offending file and key
 */
export function loadSampleCompany(sampleDir: string): SampleCompany {
  const organisation = readYaml(sampleDir, 'company.yaml', companySchema);
  const components = list(sampleDir, 'components').map(file =>
    readComponent(sampleDir, file),
  );
  const apis = list(sampleDir, 'apis').map(file => readApi(sampleDir, file));
  const company: SampleCompany = {
    organisation,
    components,
    apis: new Map(apis.map(api => [api.name, api])),
  };
  const problems = findProblems(company);
  if (problems.length > 0) {
    throw new InputError(problems.join('\n'));
  }
  return company;
}

function list(sampleDir: string, folder: string): string[] {
  return readdirSync(join(sampleDir, folder))
    .filter(name => !name.startsWith('.'))
    .sort()
    .map(name => `${folder}/${name}`);
}

function readComponent(sampleDir: string, file: string): SampleComponent {
  const component = readYaml(sampleDir, file, componentSchema);
  if (basename(file, '.yaml') !== component.name) {
    throw new InputError(`${file}: name: must be the same as the file's name`);
  }
  return component;
}

function readYaml<T extends z.ZodTypeAny>(
  sampleDir: string,
  file: string,
  schema: T,
): z.infer<T> {
  let raw: unknown;
  try {
    raw = parse(readFileSync(join(sampleDir, file), 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: ${stringifyError(error)}`);
  }
  const result = schema.safeParse(raw);
  if (!result.success) {
    const lines = result.error.issues.map(
      issue => `${file}: ${issue.path.join('.') || '(file)'}: ${issue.message}`,
    );
    throw new InputError(lines.join('\n'));
  }
  return result.data;
}

function readApi(sampleDir: string, file: string): SampleApi {
  const definition = readFileSync(join(sampleDir, file), 'utf8');
  const fileName = basename(file);
  const name = basename(file, extname(file));
  return { name, type: apiType(file, definition), fileName, definition };
}

function apiType(file: string, definition: string): ApiType {
  switch (extname(file)) {
    case '.proto':
      return 'grpc';
    case '.graphql':
      return 'graphql';
    default: {
      const type = /^(openapi|asyncapi):/m.exec(definition)?.[1];
      if (type === 'openapi' || type === 'asyncapi') {
        return type;
      }
      throw new InputError(
        `${file}: (file): must start with an openapi or asyncapi version`,
      );
    }
  }
}
