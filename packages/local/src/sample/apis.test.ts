import SwaggerParser from '@apidevtools/swagger-parser';
import { Parser } from '@asyncapi/parser';
import { buildSchema, validateSchema } from 'graphql';
import { parse as parseProto, Service } from 'protobufjs';
import { parse } from 'yaml';
import { loadSampleCompany } from '.';
import { SAMPLE_DIR } from './__testUtils__/sample';
import { ApiType, SampleApi } from './types';

// The AsyncAPI parser compiles its schemas on first use.
jest.setTimeout(120_000);

const apis = [...loadSampleCompany(SAMPLE_DIR).apis.values()];
const ofType = (type: ApiType): [string, SampleApi][] =>
  apis.filter(api => api.type === type).map(api => [api.fileName, api]);

describe('API definitions', () => {
  it.each(ofType('openapi'))('%s is valid OpenAPI', async (_, api) => {
    const document = await SwaggerParser.validate(parse(api.definition));
    expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(1);
  });

  it.each(ofType('asyncapi'))('%s is valid AsyncAPI', async (_, api) => {
    const { document, diagnostics } = await new Parser().parse(api.definition);
    const errors = diagnostics.filter(({ severity }) => severity === 0);
    expect(errors).toEqual([]);
    expect(document?.messages().length).toBeGreaterThan(1);
  });

  it.each(ofType('grpc'))('%s is valid Protocol Buffers', (_, api) => {
    const { root, package: name } = parseProto(api.definition);
    // Types from Google are imported, which the parser alone does not follow.
    root.define('google.protobuf', {
      Timestamp: { fields: {} },
      Duration: { fields: {} },
    });
    root.resolveAll();
    const services = root.lookup(name ?? '')?.toJSON() as {
      nested: Record<string, unknown>;
    };
    expect(services.nested).toBeDefined();
    const calls = Object.keys(services.nested)
      .map(key => root.lookup(`${name}.${key}`))
      .filter((found): found is Service => found instanceof Service)
      .flatMap(service => service.methodsArray);
    expect(calls.length).toBeGreaterThan(1);
  });

  it.each(ofType('graphql'))('%s builds as a GraphQL schema', (_, api) => {
    const schema = buildSchema(api.definition);
    expect(validateSchema(schema)).toEqual([]);
    expect(schema.getQueryType()).toBeDefined();
  });

  it('are of substance', () => {
    for (const api of apis) {
      const lines = api.definition.trim().split('\n').length;
      expect([api.name, lines >= 60]).toEqual([api.name, true]);
      expect(api.definition).not.toMatch(/lorem ipsum|petstore|todo/i);
    }
  });
});
